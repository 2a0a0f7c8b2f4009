namespace Mayhem.FrameCapture.Recording;

/// <summary>Counts within seconds of the clock, without a lock: a storm of exceptions comes from many threads at once.</summary>
internal sealed class RateLimit
{
    private const int CountBits = 32;
    private const long CountMask = (1L << CountBits) - 1;

    // The second in the upper half, the count within it in the lower.
    private long window;
    private long refused;

    public long Refused => Interlocked.Read(ref refused);

    public bool TryTake(int perSecond, TimeProvider clock)
    {
        if (perSecond == 0)
            return true;
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        while (true)
        {
            var current = Volatile.Read(ref window);
            var next = current >> CountBits == second ? current + 1 : (second << CountBits) | 1;
            if ((next & CountMask) > perSecond)
            {
                Interlocked.Increment(ref refused);
                return false;
            }

            if (Interlocked.CompareExchange(ref window, next, current) == current)
                return true;
        }
    }
}
