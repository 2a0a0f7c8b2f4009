using System.CommandLine;
using Mayhem.Benchmarks.Scenarios.Results;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios;

/// <summary><c>scenarios</c>: the whole path side by side with its peers.</summary>
internal static class ScenarioCommand
{
    public const string Name = "scenarios";

    private const string InShort = "in short";
    private const string Picture = "performance.svg";

    public static Task<int> RunAsync(string[] args)
    {
        var only = new Option<string[]>("--only") { Description = "Which workloads; all by default.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Workloads.All.Select(workload => workload.Name)]);
        var contenders = new Option<string[]>("--contenders") { Description = "Who takes part; all by default.", AllowMultipleArgumentsPerToken = true };
        contenders.AcceptOnlyFromAmong([.. Field.All.Keys]);
        var rounds = new Option<int>("--rounds") { Description = "How many rounds count.", DefaultValueFactory = _ => 5 };
        var report = new Option<DirectoryInfo?>("--report") { Description = $"A folder whose performance.md gets the figures, with a picture, {Picture}." };
        var command = new RootCommand("Measures Mayhem and its peers on the same work, interleaved in one run.") { only, contenders, rounds, report };
        command.SetAction(async (parsed, _) =>
        {
            var chosen = Workloads.All.Where(workload => parsed.GetValue(only) is not { Length: > 0 } names || names.Contains(workload.Name, StringComparer.Ordinal));
            var outcomes = await RunAsync(chosen, parsed.GetValue(contenders) is { Length: > 0 } some ? some : [.. Field.All.Keys], parsed.GetValue(rounds));
            var markdown = MarkdownReport.Of(outcomes, [.. SmallThings.Measure()], parsed.GetValue(rounds));
            Console.WriteLine(markdown);
            if (parsed.GetValue(report) is { } folder)
                await WriteAsync(folder, outcomes, markdown, parsed.GetValue(rounds));
            return TargetTable.IsAnythingLost(outcomes) ? 1 : 0;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task WriteAsync(DirectoryInfo folder, List<Outcome> outcomes, string markdown, int rounds)
    {
        await PerformancePage.WriteAsync(folder, InShort, MarkdownReport.InShort(outcomes));
        await PerformancePage.WriteReadmeAsync(folder, InShort, MarkdownReport.InShort(outcomes));
        await PerformancePage.WriteAsync(folder, Name, $"![The medians as bars, by workload; the tables below have the same figures]({Picture})\n\n{markdown}");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, Picture), SvgChart.Of(outcomes, rounds));
    }

    private static async Task<List<Outcome>> RunAsync(IEnumerable<Workload> workloads, string[] contenders, int rounds)
    {
        var outcomes = new List<Outcome>();
        foreach (var workload in workloads)
        {
            Console.WriteLine($"{workload.Title}: {Figures.Legend(workload.Measure)}");
            outcomes.Add(await Field.RunAsync(workload, contenders, rounds, (name, run) => Console.WriteLine($"  {name,-34} {Figures.Of(workload, run)}")));
        }

        return outcomes;
    }
}
