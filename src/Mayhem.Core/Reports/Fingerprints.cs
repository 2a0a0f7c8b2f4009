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

    /// <summary>16 hexadecimal digits from the types in the chain and the first five frames of our own code.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="kind">Tells apart failures that share types and frames.</param>
    public static string Of(Exception exception, string kind = "")
    {
        var cause = new StringBuilder(kind);
        var frames = 0;
        foreach (var current in ExceptionChain.Of(exception))
        {
            cause.Append(current.GetType().FullName).Append('\n');
            foreach (var frame in new StackTrace(current, fNeedFileInfo: false).GetFrames())
            {
                if (frames < FramesThatCount && frame.GetMethod() is { DeclaringType: { } type } method && IsOurs(type))
                {
                    frames++;
                    cause.Append(type.Namespace).Append('.').Append(PlainName(type, method)).Append('\n');
                }
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(cause.ToString()), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Mayhem", StringComparison.Ordinal) == true;

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
        var open = name.IndexOf('<', StringComparison.Ordinal);
        var close = name.IndexOf('>', StringComparison.Ordinal);
        return open >= 0 && close > open ? name[(open + 1)..close] : null;
    }
}
