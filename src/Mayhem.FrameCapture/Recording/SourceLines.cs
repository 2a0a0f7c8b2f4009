using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Mayhem.FrameCapture.Names;

namespace Mayhem.FrameCapture.Recording;

/// <summary>Where the frames of traces are in the source. Debug symbols are read once a place: most exceptions come from where others came from.</summary>
internal static class SourceLines
{
    private const int Most = 10_000;

    private static readonly ConcurrentDictionary<(MethodBase Method, int IlOffset), (string? File, int Line)> Known = new();

    /// <summary>The frames of an exception's stack trace, all of whose places are known afterwards.</summary>
    public static StackFrame[] TraceOf(Exception exception)
    {
        var trace = new StackTrace(exception, fNeedFileInfo: false).GetFrames();
        if (Array.TrueForAll(trace, IsKnown))
            return trace;
        trace = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        if (Known.Count > Most)
            Known.Clear();
        foreach (var frame in trace)
        {
            if (frame.GetMethod() is { } method)
                Known.TryAdd((method, frame.GetILOffset()), (frame.GetFileName(), frame.GetFileLineNumber()));
        }

        return trace;
    }

    /// <summary>The file and the line of a frame; null and 0 without debug symbols.</summary>
    public static (string? File, int Line) Of(StackFrame frame) =>
        frame.GetMethod() is { } method ? Known.GetValueOrDefault((method, frame.GetILOffset()), (frame.GetFileName(), frame.GetFileLineNumber())) : (null, 0);

    private static bool IsKnown(StackFrame frame) =>
        frame.GetMethod() is not { } method || MethodFacts.Of(method).IsHidden || Known.ContainsKey((method, frame.GetILOffset()));
}
