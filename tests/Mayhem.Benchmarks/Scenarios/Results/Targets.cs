using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>What was set as a target, and whether these runs meet it.</summary>
internal static class Targets
{
    /// <summary>One target: what it says, what was measured, and whether that is enough.</summary>
    internal sealed record Verdict(string Target, string Measured, bool IsMet);

    /// <summary>The targets that the outcomes can tell about.</summary>
    public static IEnumerable<Verdict> Of(IReadOnlyCollection<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            var verdicts = outcome.Workload.Name switch
            {
                "flood" => [AtLeast(outcome, Field.Mayhem, 4), AtMost("Flood in memory: at most 1.5 KB a message", outcome, run => run.AllocatedPerMessage, 1536, "B"), AtLeast(outcome, Field.MayhemDurable, 1)],
                "failures" or "delayed" => [AtLeast(outcome, Field.Mayhem, 3)],
                "storm" => [AtLeast("Every message fails: at least 50,000 a second", outcome, 50_000)],
                "inflight" => [
                    AtMost("10,000 in flight: within 3 % of 2 s", outcome, run => run.Wall.TotalMilliseconds, outcome.Workload.Hold.TotalMilliseconds * 1.03, "ms"),
                    AtMost("10,000 in flight: at most 1 KB each", outcome, run => run.HeldPerMessage, 1024, "B")],
                "paced" => [AtMost("5,000 a second in memory: p99 under 100 µs", outcome, run => run.P99.TotalMicroseconds, 100, "µs")],
                _ => Array.Empty<Verdict?>(),
            };
            foreach (var verdict in verdicts.OfType<Verdict>())
                yield return verdict;
        }
    }

    private static Verdict? AtLeast(Outcome outcome, string contender, double times) => outcome.Ratio(contender, Field.MassTransit) is { } ratio
        ? new(string.Create(CultureInfo.InvariantCulture, $"{outcome.Workload.Title}: {contender} at least {times:0.#} x {Field.MassTransit}"), string.Create(CultureInfo.InvariantCulture, $"{ratio:0.0} x"), ratio >= times)
        : null;

    private static Verdict? AtLeast(string target, Outcome outcome, double least) => outcome.Medians.TryGetValue(Field.Mayhem, out var run)
        ? new(target, string.Create(CultureInfo.InvariantCulture, $"{run.PerSecond:N0}"), run.PerSecond >= least)
        : null;

    private static Verdict? AtMost(string target, Outcome outcome, Func<Measurement, double> figure, double most, string unit) => outcome.Medians.TryGetValue(Field.Mayhem, out var run)
        ? new(target, string.Create(CultureInfo.InvariantCulture, $"{figure(run):N0} {unit}"), figure(run) <= most)
        : null;
}
