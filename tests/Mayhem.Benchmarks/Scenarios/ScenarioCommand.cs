using System.CommandLine;
using Mayhem.Benchmarks.Scenarios.Results;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios;

/// <summary><c>scenarios</c>: the whole path side by side with its peers.</summary>
internal static class ScenarioCommand
{
    public const string Name = "scenarios";

    public static Task<int> RunAsync(string[] args)
    {
        var only = new Option<string[]>("--only") { Description = "Which workloads; all by default.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Workloads.All.Select(workload => workload.Name)]);
        var rounds = new Option<int>("--rounds") { Description = "How many rounds count.", DefaultValueFactory = _ => 5 };
        var report = new Option<DirectoryInfo?>("--report") { Description = "A folder to write scenarios.md and scenarios.svg to." };
        var command = new RootCommand("Measures Mayhem and its peers on the same work, interleaved in one run.") { only, rounds, report };
        command.SetAction(async (parsed, _) =>
        {
            var chosen = Workloads.All.Where(workload => parsed.GetValue(only) is not { Length: > 0 } names || names.Contains(workload.Name, StringComparer.Ordinal));
            var outcomes = await RunAsync(chosen, parsed.GetValue(rounds));
            var markdown = MarkdownReport.Of(outcomes, parsed.GetValue(rounds));
            Console.WriteLine(markdown);
            if (parsed.GetValue(report) is { } folder)
            {
                folder.Create();
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "scenarios.md"), markdown);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "scenarios.svg"), SvgChart.Of(outcomes));
            }
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<List<Outcome>> RunAsync(IEnumerable<Workload> workloads, int rounds)
    {
        var outcomes = new List<Outcome>();
        foreach (var workload in workloads)
        {
            Console.WriteLine(workload.Title);
            outcomes.Add(await Field.RunAsync(workload, [.. Field.All.Keys], rounds, (name, run) => Console.WriteLine($"  {name,-34} {Figures.Of(workload, run)}")));
        }

        return outcomes;
    }
}
