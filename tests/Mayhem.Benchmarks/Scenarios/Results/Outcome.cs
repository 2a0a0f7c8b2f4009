using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The medians of a workload, by contender.</summary>
internal sealed record Outcome(Workload Workload, IReadOnlyDictionary<string, Measurement> Medians)
{
    /// <summary>The figure that contenders are compared by: messages a second, or milliseconds, or microseconds.</summary>
    public double Figure(Measurement run) => Workload.Measure switch
    {
        Measure.Wall => run.Wall.TotalMilliseconds,
        Measure.Latency => run.P99.TotalMicroseconds,
        _ => run.PerSecond,
    };

    /// <summary>How many times as well one contender did as another, by that figure; null if one of them did not run.</summary>
    public double? Ratio(string contender, string reference)
    {
        if (!Medians.TryGetValue(contender, out var one) || !Medians.TryGetValue(reference, out var other))
            return null;
        return Workload.Measure == Measure.Throughput ? Figure(one) / Figure(other) : Figure(other) / Figure(one);
    }
}
