using System.CommandLine;
using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Results;

namespace Mayhem.Benchmarks.Simulation;

/// <summary><c>simulate</c>: a busy hour at several loads, by calculation and event by event.</summary>
internal static class SimulationCommand
{
    public const string Name = "simulate";

    private const int MostInstances = 1000;

    /// <summary>The loads of docs/scale.md.</summary>
    private static readonly (string Title, ScaleLoad Load)[] Loads =
    [
        ("1 k a day", new ScaleLoad(1_000)),
        ("100 k a day", new ScaleLoad(100_000)),
        ("10 M a day, Standard", new ScaleLoad(10_000_000) { Concurrency = 256 }),
        ("10 M a day, Premium", new ScaleLoad(10_000_000) { Concurrency = 256, CreditsPerSecond = null }),
    ];

    public static Task<int> RunAsync(string[] args)
    {
        var seed = new Option<int>("--seed") { Description = "What chance does.", DefaultValueFactory = _ => 4711 };
        var command = new RootCommand("Simulates a busy hour on Azure at several loads, beside the calculation. Nothing waits: it takes seconds.") { seed };
        command.SetAction(parsed =>
        {
            Console.WriteLine(Markdown(parsed.GetValue(seed)));
            return 0;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static string Markdown(int seed) => MarkdownTable.Of(
        ["Busiest hour: calculated / simulated", "operations a message", "operations a second", "in flight", "instances", "median, p99 from sending to handling", "instances from none, median, p99", "throttled", "Service Bus, functions a month"],
        Loads.Select(load => Row(load.Title, load.Load, seed)));

    private static string[] Row(string title, ScaleLoad load, int seed)
    {
        var instances = ScaleFormula.Instances(load);
        var steady = ScaleSimulation.Run(load, instances, seed);
        var scaling = ScaleSimulation.RunScaling(load, MostInstances, seed);
        return
        [
            title,
            Text($"{ScaleFormula.OperationsPerMessage(load):0.00} / {steady.OperationsPerMessage:0.00}"),
            Text($"{ScaleFormula.PeakOperations(load):N1} / {steady.OperationsPerMessage * steady.Messages / 3600:N1}"),
            Text($"{ScaleFormula.PeakInFlight(load):N1} / {steady.InFlight:N1}"),
            Text($"{instances} / {Math.Ceiling(steady.InFlight / load.Concurrency)}"),
            Text($"{steady.MedianDelay:0.0}, {steady.LongDelay:0.0} s"),
            Text($"{scaling.MostInstances}, {scaling.MedianDelay:0.0}, {scaling.LongDelay:0.0} s"),
            Text($"{steady.Throttled * 100:0.0} %"),
            Text($"${(load.CreditsPerSecond is null ? ScaleCost.Premium(1) : ScaleCost.Standard(load)):N0}, ${ScaleCost.Functions(load):N0}"),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
