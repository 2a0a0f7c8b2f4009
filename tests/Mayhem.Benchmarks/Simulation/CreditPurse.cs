namespace Mayhem.Benchmarks.Simulation;

/// <summary>The operations that a namespace grants in each second. Those that find none left wait for a later second.</summary>
internal sealed class CreditPurse(double? perSecond)
{
    private double second;
    private double left = perSecond ?? double.PositiveInfinity;

    /// <summary>How many operations had to wait.</summary>
    public long Delayed { get; private set; }

    /// <summary>Takes one credit.</summary>
    /// <returns>When the operation is carried out: now, or in the next second that has one left.</returns>
    public double Take(double now)
    {
        if (perSecond is not { } grant)
            return now;
        if (Math.Floor(now) > second)
            (second, left) = (Math.Floor(now), grant);
        if (left < 1)
            (second, left) = (second + 1, left + grant);
        left--;
        if (second <= now)
            return now;
        Delayed++;
        return second;
    }
}
