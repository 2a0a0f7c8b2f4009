namespace Mayhem.Observation;

/// <summary>How long messages took, from when a delivery was taken up until it was settled, in buckets a quarter of an octave wide. Thread-safe; costs an interlocked increment.</summary>
public sealed class HandlingTimes
{
    private const int PerOctave = 4;
    private const int Octaves = 26;

    private readonly long[] buckets = new long[(Octaves * PerOctave) + 1];

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan took)
    {
        var place = took.TotalMilliseconds <= Shortest ? 0 : (int)Math.Ceiling(Math.Log2(took.TotalMilliseconds / Shortest) * PerOctave);
        Interlocked.Increment(ref buckets[Math.Min(place, buckets.Length - 1)]);
    }

    /// <summary>What was counted so far.</summary>
    public HandlingTimeCounts Counts()
    {
        var counts = new long[buckets.Length];
        for (var place = 0; place < counts.Length; place++)
            counts[place] = Interlocked.Read(ref buckets[place]);
        return new HandlingTimeCounts(counts);
    }

    // Milliseconds: what is shorter is of no interest. The longest bucket ends at about four hours.
    internal const double Shortest = 0.25;

    internal static TimeSpan UpperBound(int place) => TimeSpan.FromMilliseconds(Shortest * Math.Pow(2, (double)place / PerOctave));
}

/// <summary>Counts of handling times.</summary>
public sealed class HandlingTimeCounts
{
    private readonly long[] buckets;

    internal HandlingTimeCounts(long[] buckets) => this.buckets = buckets;

    /// <summary>How many messages were counted.</summary>
    public long Total => buckets.Sum();

    /// <summary>What was counted since an earlier moment.</summary>
    public HandlingTimeCounts Since(HandlingTimeCounts earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new HandlingTimeCounts([.. buckets.Zip(earlier.buckets, (now, then) => now - then)]);
    }

    /// <summary>The time that this share of the messages did not exceed, at most a fifth too long; null if there were none.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan? Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var total = Total;
        if (total == 0)
            return null;
        var wanted = Math.Max(1, (long)Math.Ceiling(share * total));
        for (var place = 0; ; place++)
        {
            wanted -= buckets[place];
            if (wanted <= 0)
                return HandlingTimes.UpperBound(place);
        }
    }
}
