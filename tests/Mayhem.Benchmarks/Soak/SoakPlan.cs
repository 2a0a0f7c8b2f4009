namespace Mayhem.Benchmarks.Soak;

/// <summary>What a soak is to do.</summary>
/// <param name="HoursOfWork">How many hours the work is meant to stand for.</param>
/// <param name="Messages">How many requests are sent.</param>
/// <param name="Chaos">Whether requests go wrong, and the worker is restarted.</param>
/// <param name="Seed">Which of them go wrong.</param>
internal sealed record SoakPlan(double HoursOfWork, int Messages, bool Chaos, int Seed)
{
    /// <summary>The clock runs no faster: a lock of 30 s would not outlast a pause of the machine.</summary>
    public const double MaxSpeed = 30;

    /// <summary>So many slices are how long things are remembered: after them, what comes is balanced by what is forgotten.</summary>
    public const int SlicesOfRetention = 2;

    /// <summary>How many slices there are.</summary>
    public int Slices { get; } = 20;

    /// <summary>The first request of a slice.</summary>
    public int FirstOf(int slice) => (int)((long)Messages * slice / Slices);

    /// <summary>How long what has ended is remembered, by the accelerated clock.</summary>
    public TimeSpan Retention(double perSecond, double speed)
    {
        var slice = TimeSpan.FromSeconds(Messages / Slices / perSecond * speed);
        return slice > TimeSpan.FromSeconds(30) ? slice : TimeSpan.FromSeconds(30);
    }
}

/// <summary>What came of a soak.</summary>
/// <param name="Totals">What became of the requests.</param>
/// <param name="Flatness">Whether what may not grow has grown.</param>
/// <param name="Passed">The time that has passed by the accelerated clock.</param>
internal sealed record SoakResult(SoakTotals Totals, IReadOnlyList<Flatness> Flatness, TimeSpan Passed)
{
    /// <summary>Whether nothing was lost, nothing done twice, and all is flat.</summary>
    public bool IsGood => Totals is { Lost: 0, RestartedTwice: 0 } && Flatness.All(judged => judged.IsFlat);
}
