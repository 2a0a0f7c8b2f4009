using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The medians of a workload, by contender.</summary>
internal sealed record Outcome(Workload Workload, IReadOnlyDictionary<string, Measurement> Medians)
{
    /// <summary>How many times as well one contender did as another, in what the workload measures; null if one of them did not run.</summary>
    public double? Ratio(string contender, string reference)
    {
        if (!Medians.TryGetValue(contender, out var one) || !Medians.TryGetValue(reference, out var other))
            return null;
        return Workload.Measure switch
        {
            Measure.Wall => other.Wall / one.Wall,
            Measure.Latency => other.P99 / one.P99,
            _ => one.PerSecond / other.PerSecond,
        };
    }
}
