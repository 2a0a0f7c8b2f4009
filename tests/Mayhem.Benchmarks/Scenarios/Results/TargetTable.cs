using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>What was set as a target for the whole path, and whether these runs meet it.</summary>
internal static class TargetTable
{
    /// <summary>The targets that the outcomes can tell about.</summary>
    public static IEnumerable<Verdict> Of(IReadOnlyCollection<Outcome> outcomes) => outcomes.SelectMany(Of).Append(Verdict.AtMost("No message lost", Lost(outcomes), 0, "lost"));

    private static IEnumerable<Verdict> Of(Outcome outcome)
    {
        var verdicts = outcome.Workload.Name switch
        {
            "flood" =>
            [
                Times(outcome, Field.Mayhem, 4),
                Ahead(outcome, Peers.Rebus, 2),
                Ahead(outcome, Peers.Wolverine, 1.1),
                ByMayhem(outcome, run => Verdict.AtMost("Flood in memory: at most 1.5 KB a message", run.AllocatedPerMessage, 1536, "B")),
                Times(outcome, Field.MayhemDurable, 1),
            ],
            "failures" or "delayed" => [Times(outcome, Field.Mayhem, 3), Ahead(outcome, Peers.Wolverine, 1)],
            "storm" => [ByMayhem(outcome, run => Verdict.AtLeast("Every message fails for good: at least 50,000 a second", run.PerSecond, 50_000, "a second"))],
            "inflight" => InFlight(outcome),
            "paced" => [ByMayhem(outcome, run => Verdict.AtMost("5,000 a second in memory: p99 under 100 µs", run.P99.TotalMicroseconds, 100, "µs"))],
            _ => Array.Empty<Verdict?>(),
        };
        return verdicts.OfType<Verdict>();
    }

    private static Verdict?[] InFlight(Outcome outcome)
    {
        var ideal = outcome.Workload.Hold.TotalMilliseconds;
        return
        [
            ByMayhem(outcome, run => Verdict.AtMost("10,000 in flight: within 3 % of ideal", run.Wall.TotalMilliseconds / ideal * 100 - 100, 3, "% over")),
            ByMayhem(outcome, run => Verdict.AtMost("10,000 in flight: at most 1 KB each", run.HeldPerMessage, 1024, "B")),
            ByMayhem(outcome, run => Verdict.AtMost("10,000 in flight: renewals at most 10 ms late (p99)", run.RenewalsLate.TotalMilliseconds, 10, "ms")),
        ];
    }

    /// <summary>Whether Mayhem has lost a message.</summary>
    public static bool IsAnythingLost(IReadOnlyCollection<Outcome> outcomes) => Lost(outcomes) > 0;

    private static int Lost(IReadOnlyCollection<Outcome> outcomes) =>
        outcomes.SelectMany(outcome => outcome.Medians).Where(run => run.Key is Field.Mayhem or Field.MayhemDurable).Sum(run => run.Value.Lost);

    private static Verdict? Times(Outcome outcome, string contender, double times) => outcome.Ratio(contender, Field.MassTransit) is { } ratio
        ? Verdict.AtLeast(string.Create(CultureInfo.InvariantCulture, $"{outcome.Workload.Title}: {contender} at least {times:0.#} x {Field.MassTransit}"), ratio, times, "x")
        : null;

    private static Verdict? Ahead(Outcome outcome, string peer, double times) =>
        outcome.Ratio(Field.Mayhem, Field.MassTransit) is { } ratio && Peers.TimesMassTransit(peer, outcome.Workload.Name) is { } ofPeer
            ? Verdict.AtLeast(
                string.Create(CultureInfo.InvariantCulture, $"{outcome.Workload.Title}: at least {times:0.#} x {peer}, which is {ofPeer:0.00} x MassTransit by reference"), ratio / ofPeer, times, "x")
            : null;

    private static Verdict? ByMayhem(Outcome outcome, Func<Measurement, Verdict> judge) => outcome.Medians.TryGetValue(Field.Mayhem, out var run) ? judge(run) : null;
}
