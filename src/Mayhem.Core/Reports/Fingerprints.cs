using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Mayhem.Failures;

namespace Mayhem.Reports;

/// <summary>Fingerprints group failures of one cause: the same across messages, builds and line numbers.</summary>
public static class Fingerprints
{
    private const int FramesThatCount = 5;

    // By method: finding a name takes longer than everything else here. Null for code that is not ours.
    private static readonly ConcurrentDictionary<MethodBase, string?> Names = new();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    /// <summary>16 hexadecimal digits from the types in the chain, each once, and the first five frames of our own code.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="kind">Tells apart failures that share types and frames.</param>
    public static string Of(Exception exception, string kind = "")
    {
        var cause = scratch ??= new ArrayBufferWriter<byte>(1024);
        cause.ResetWrittenCount();
        Encoding.UTF8.GetBytes(kind, cause);
        var types = new HashSet<Type>();
        var frames = 0;
        foreach (var current in ExceptionChain.Of(exception))
        {
            // How many tasks failed in the same way is no other cause.
            if (types.Add(current.GetType()))
                AppendLine(cause, current.GetType().FullName!);
            if (frames == FramesThatCount)
                continue;
            foreach (var frame in new StackTrace(current, fNeedFileInfo: false).GetFrames())
            {
                if (frames < FramesThatCount && frame.GetMethod() is { } method && Names.GetOrAdd(method, NameOf) is { } name)
                {
                    frames++;
                    AppendLine(cause, name);
                }
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(cause.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    private static void AppendLine(ArrayBufferWriter<byte> to, string line)
    {
        Encoding.UTF8.GetBytes(line, to);
        to.Write("\n"u8);
    }

    private static string? NameOf(MethodBase method) =>
        method.DeclaringType is { } type && OurCode.Includes(type) ? $"{type.Namespace}.{PlainName(type, method)}" : null;

    // Compiler-made names hold ordinals that change from build to build: <RestartAsync>d__5.MoveNext stands for RestartAsync.
    private static string PlainName(Type type, MethodBase method)
    {
        var made = method.Name;
        var owner = type;
        while (owner.DeclaringType is { } outer && owner.Name.Contains('<', StringComparison.Ordinal))
        {
            if (Between(owner.Name) is { Length: > 0 } source)
                made = source;
            owner = outer;
        }

        return $"{owner.Name}.{Between(made) ?? made}";
    }

    private static string? Between(string name)
    {
        var open = name.LastIndexOf('<');
        var close = name.IndexOf('>', open + 1);
        return open >= 0 && close > open ? name[(open + 1)..close] : null;
    }
}
