using Mayhem.Benchmarks.Scenarios.Contenders;
using Mayhem.Benchmarks.Scenarios.Results;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios;

/// <summary>Who takes part.</summary>
internal static class Field
{
    public const string Floor = "channel and loop";
    public const string Polly = "channel and Polly";
    public const string MassTransit = "MassTransit in memory";
    public const string Mayhem = "Mayhem in memory";
    public const string MayhemDurable = "Mayhem durable";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Func<IContender>> All { get; } = new Dictionary<string, Func<IContender>>(StringComparer.Ordinal)
    {
        [Floor] = () => new ChannelLoop(),
        [Polly] = () => new ChannelLoopWithPolly(),
        [MassTransit] = () => new MassTransitInMemory(),
        [Mayhem] = () => new MayhemWhole(durable: false),
        [MayhemDurable] = () => new MayhemWhole(durable: true),
    };

    /// <summary>Runs a workload: one round that is not counted, then the others, in each of which every contender has a turn.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="contenders">Who takes part.</param>
    /// <param name="rounds">How many rounds count.</param>
    /// <param name="tell">Hears of each run.</param>
    public static async Task<Outcome> RunAsync(Workload workload, IReadOnlyCollection<string> contenders, int rounds, Action<string, Measurement> tell)
    {
        var runs = contenders.ToDictionary(name => name, _ => new List<Measurement>(), StringComparer.Ordinal);
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var name in contenders)
            {
                var measurement = await OnceAsync(workload, All[name]);
                if (round > 0)
                    runs[name].Add(measurement);
                tell(round == 0 ? $"{name} (warming up)" : name, measurement);
            }
        }

        return new Outcome(workload, runs.ToDictionary(run => run.Key, run => Measurement.Median(run.Value), StringComparer.Ordinal));
    }

    private static async Task<Measurement> OnceAsync(Workload workload, Func<IContender> make)
    {
        await using var contender = make();
        var measurement = await Run.OnceAsync(workload, contender);
        if (workload.Measure != Measure.Wall)
            return measurement;
        await using var weighed = make();
        return measurement with { HeldPerMessage = await Run.WeighAsync(workload, weighed) };
    }
}
