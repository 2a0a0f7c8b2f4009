using System.Reflection;

namespace Mayhem.FrameCapture;

/// <summary>A frame of an exception's stack trace, with its variables if it was captured.</summary>
public sealed record TracedFrame
{
    /// <summary>The method as it is in the stack trace; null if the runtime does not tell.</summary>
    public required MethodBase? Method { get; init; }

    /// <summary>The method as its author knows it, without the namespace: <c>RestartWorkflow.RunAsync(RestartRequest request)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Full name of the type whose source the method is in, such as <c>Mayhem.Restarts.RestartWorkflow</c>; null outside types.</summary>
    public string? DeclaringType { get; init; }

    /// <summary>Path of the source file at build time; null without debug symbols.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file, from 1; 0 without debug symbols.</summary>
    public int Line { get; init; }

    /// <summary>Whether the frame was captured. One without variables may have been, too.</summary>
    public bool IsCaptured { get; init; }

    /// <summary>False for a frame the exception passed through before it was thrown anew, which the stack trace no longer has.</summary>
    public bool IsInTrace { get; init; } = true;

    /// <summary>Its variables; empty if it was not captured.</summary>
    public IReadOnlyList<CapturedVariable> Variables { get; init; } = [];
}
