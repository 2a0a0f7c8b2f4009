namespace Mayhem.FrameCapture.Recording;

/// <summary>A frame as the woven method handed it over: references and boxed copies, nothing looked up or formatted yet.</summary>
internal readonly record struct RecordedFrame(RuntimeTypeHandle Type, int Id, object?[] Values);

/// <summary>The recorded frames of one exception, innermost first.</summary>
/// <param name="Earliest">All of them, or the first ones if some were dropped.</param>
/// <param name="Latest">The last ones if some were dropped; empty otherwise.</param>
internal sealed record RecordedFrames(RecordedFrame[] Earliest, RecordedFrame[] Latest)
{
    public static readonly RecordedFrames None = new([], []);
}
