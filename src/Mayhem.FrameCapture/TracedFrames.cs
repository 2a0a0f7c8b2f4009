using Mayhem.FrameCapture.Recording;

namespace Mayhem.FrameCapture;

/// <summary>Stack traces with variables.</summary>
public static class TracedFrames
{
    /// <summary>
    /// The frames of the exception's stack trace, innermost first, each with its variables if it was captured. Frames that hide themselves from
    /// stack traces (the plumbing of await) are left out. Captured frames that the trace no longer has, since <c>throw exception</c> made it
    /// start anew, follow at the end. Inner exceptions have frames of their own.
    /// </summary>
    public static IReadOnlyList<TracedFrame> Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FrameMatching.Match(SourceLines.TraceOf(exception), FrameRecorder.FramesOf(exception));
    }
}
