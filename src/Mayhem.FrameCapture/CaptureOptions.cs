namespace Mayhem.FrameCapture;

/// <summary>Bounds of what is kept. Set <see cref="FrameRecorder.Options"/> to use others.</summary>
public sealed record CaptureOptions
{
    /// <summary>Whether frames are captured at all. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Frames kept of one exception, 2 to 1,000, 64 by default. Of an exception that passes through more, the first half and the last half stay:
    /// the frames near the throw and those near the catch.
    /// </summary>
    public int MaxFrames
    {
        get;
        init => field = value is >= 2 and <= 1_000
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxFrames must be 2 to 1,000.");
    } = 64;

    /// <summary>Exceptions whose frames are captured in one second; 1,000 by default, 0 for no bound. Those beyond it have a plain stack trace.</summary>
    public int MaxExceptionsPerSecond
    {
        get;
        init => field = value >= 0
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxExceptionsPerSecond must be 0 (no bound) or more.");
    } = 1_000;

    /// <summary>The clock of <see cref="MaxExceptionsPerSecond"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
