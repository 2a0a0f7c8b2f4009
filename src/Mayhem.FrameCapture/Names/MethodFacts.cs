using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mayhem.FrameCapture.Names;

/// <summary>What is told of a method in every trace it is in. Looked up once a method: reflection takes longer than everything else in a trace.</summary>
internal sealed class MethodFacts
{
    private static readonly ConditionalWeakTable<MethodBase, MethodFacts> Known = [];

    private readonly Lazy<int?> codeSize;

    private MethodFacts(MethodBase method)
    {
        Name = MethodNames.Of(method);
        DeclaringType = MethodNames.WrittenType(MethodNames.Written(method).DeclaringType)?.FullName;
        IsHidden = IsHiddenFromTraces(method);
        codeSize = new(() => method.GetMethodBody()?.GetILAsByteArray()?.Length);
    }

    public string Name { get; }

    public string? DeclaringType { get; }

    public bool IsHidden { get; }

    /// <summary>The length of its IL in bytes; null if it has none.</summary>
    public int? CodeSize => codeSize.Value;

    public static MethodFacts Of(MethodBase method) => Known.GetValue(method, static method => new MethodFacts(method));

    // As the text of a stack trace has it.
    private static bool IsHiddenFromTraces(MethodBase method) =>
        method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
        || method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
        || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) == true;
}
