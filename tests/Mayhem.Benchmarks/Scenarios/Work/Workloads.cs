namespace Mayhem.Benchmarks.Scenarios.Work;

/// <summary>The workloads of <c>performance.md</c>.</summary>
internal static class Workloads
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("flood", "Flood", 100_000, 16, _ => Fate.Well),
        new("failures", "10 % fail twice, 1 % for good", 50_000, 16, number => number % 100 == 7 ? Fate.Fatal : number % 10 == 3 ? Fate.FailsTwice : Fate.Well),
        new("delayed", "10 % again after 100 ms", 200_000, 16, number => number % 10 == 3 ? Fate.Later : Fate.Well),
        new("storm", "Every message fails for good", 50_000, 16, _ => Fate.Fatal),
        new("inflight", "10,000 in flight for 2 s", 10_000, 10_000, _ => Fate.Holds) { Hold = TimeSpan.FromSeconds(2), Lock = TimeSpan.FromSeconds(1), Measure = Measure.Wall },
        new("paced", "5,000 a second", 15_000, 16, _ => Fate.Well) { PerSecond = 5_000, Measure = Measure.Latency },
    ];
}
