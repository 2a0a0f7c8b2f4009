namespace Mayhem.FrameCapture.Recording;

/// <summary>
/// The frames one exception passed through. Several threads may add: an exception in a task is thrown again in everybody who awaits it. Sensitive, since its values have not been masked by
/// the names of their variables yet.
/// </summary>
[Sensitive]
internal sealed class FrameLog
{
    // Held for the time of a copy; a lock would be one more object for each exception.
    private SpinLock gate = new(enableThreadOwnerTracking: false);
    private RecordedFrame[] earliest = new RecordedFrame[8];
    private RecordedFrame[] latest = [];
    private int count;

    public void Add(RecordedFrame frame, int maxFrames)
    {
        var taken = false;
        try
        {
            gate.Enter(ref taken);
            if (latest.Length == 0 && count < maxFrames)
            {
                if (count == earliest.Length)
                    Array.Resize(ref earliest, Math.Min(count * 2, maxFrames));
                earliest[count++] = frame;
                return;
            }

            if (latest.Length == 0)
                SplitInHalves(maxFrames / 2);
            latest[count % latest.Length] = frame;
            count++;
        }
        finally
        {
            if (taken)
                gate.Exit(useMemoryBarrier: false);
        }
    }

    public RecordedFrames Copy()
    {
        var taken = false;
        try
        {
            gate.Enter(ref taken);
            if (latest.Length == 0)
                return new(earliest[..count], []);
            var oldest = count % latest.Length;
            return new([.. earliest], [.. latest[oldest..], .. latest[..oldest]]);
        }
        finally
        {
            if (taken)
                gate.Exit(useMemoryBarrier: false);
        }
    }

    public override string ToString() => $"{count} frames";

    // From here on, the second half is a ring.
    private void SplitInHalves(int half)
    {
        latest = new RecordedFrame[count - half];
        for (var index = half; index < count; index++)
            latest[index % latest.Length] = earliest[index];
        earliest = earliest[..half];
    }
}
