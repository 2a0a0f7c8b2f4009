using Mayhem.FrameCapture.Recording;

namespace Mayhem.FrameCapture;

/// <summary>The frames that woven methods recorded for an exception.</summary>
public static class CapturedFrames
{
    /// <summary>
    /// Where the frames are in <see cref="Exception.Data"/>. They are for <see cref="Of"/>: the entry shows no more than their number, and who tells of an exception's data leaves it out.
    /// </summary>
    public const string DataKey = "Mayhem.FrameCapture";

    /// <summary>
    /// The frames in the order in which the exception passed through them, innermost first; a frame that threw it again is there each time.
    /// Empty if no woven method was on its way. Inner exceptions have frames of their own.
    /// For a stack trace with these frames in their places, use <see cref="TracedFrames.Of"/>.
    /// </summary>
    public static IReadOnlyList<CapturedFrame> Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var recorded = FrameRecorder.FramesOf(exception);
        return [.. Resolved(recorded.Earliest), .. Resolved(recorded.Latest)];
    }

    internal static IEnumerable<CapturedFrame> Resolved(IEnumerable<RecordedFrame> frames) => frames.Select(CapturedFrame.Of).OfType<CapturedFrame>();
}
