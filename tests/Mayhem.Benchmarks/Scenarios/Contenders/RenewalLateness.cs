namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>How far behind their times locks were renewed. Room is made at the beginning: noting allocates nothing.</summary>
/// <param name="room">How many renewals are kept; further ones are only counted.</param>
internal sealed class RenewalLateness(int room)
{
    private readonly long[] ticks = new long[room];
    private int count;

    /// <summary>How many renewals there were.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Notes a renewal.</summary>
    /// <param name="late">How far behind its time; negative before it.</param>
    public void Note(TimeSpan late)
    {
        if (Interlocked.Increment(ref count) - 1 is var place && place < ticks.Length)
            ticks[place] = late.Ticks;
    }

    /// <summary>The lateness that this share of the renewals did not exceed; zero without any.</summary>
    public TimeSpan Percentile(double share)
    {
        var sorted = ticks[..Math.Min(Count, ticks.Length)];
        if (sorted.Length == 0)
            return TimeSpan.Zero;
        Array.Sort(sorted);
        return TimeSpan.FromTicks(Math.Max(0, sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))]));
    }
}
