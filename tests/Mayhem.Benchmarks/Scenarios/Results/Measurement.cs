namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>What one run of a workload told about a contender.</summary>
/// <param name="Wall">From the first message sent to the last settled.</param>
/// <param name="PerSecond">Messages a second over that time.</param>
/// <param name="AllocatedPerMessage">Bytes allocated by the whole process for each message, sending included.</param>
/// <param name="HeldPerMessage">Bytes held for each message while all were in flight; 0 where that is not the question.</param>
/// <param name="P50">The median of the times from sending to handling.</param>
/// <param name="P99">The 99th percentile of them.</param>
internal sealed record Measurement(TimeSpan Wall, double PerSecond, double AllocatedPerMessage, double HeldPerMessage, TimeSpan P50, TimeSpan P99)
{
    /// <summary>The median of each figure by itself.</summary>
    public static Measurement Median(IReadOnlyCollection<Measurement> runs) => new(
        Middle(runs, run => run.Wall), Middle(runs, run => run.PerSecond), Middle(runs, run => run.AllocatedPerMessage), Middle(runs, run => run.HeldPerMessage),
        Middle(runs, run => run.P50), Middle(runs, run => run.P99));

    private static T Middle<T>(IReadOnlyCollection<Measurement> runs, Func<Measurement, T> figure) => runs.Select(figure).Order().ElementAt(runs.Count / 2);
}
