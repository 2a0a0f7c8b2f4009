using System.CommandLine;
using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Results;

namespace Mayhem.Benchmarks.Soak;

/// <summary><c>soak</c>: much work with chaos, and whether anything grows.</summary>
internal static class SoakCommand
{
    public const string Name = "soak";

    public static Task<int> RunAsync(string[] args)
    {
        var hours = new Option<double>("--hours-of-work") { Description = "How many hours the work stands for; a clock that runs faster makes up for it.", DefaultValueFactory = _ => 1 };
        var messages = new Option<int>("--messages") { Description = "How many requests are sent.", DefaultValueFactory = _ => 1_000_000 };
        var chaos = new Option<bool>("--chaos") { Description = "Requests fail, locks are lost, targets lose answers, workers and processes are restarted." };
        var seed = new Option<int>("--seed") { Description = "Which requests go wrong.", DefaultValueFactory = _ => 4711 };
        var report = new Option<DirectoryInfo?>("--report") { Description = "A folder whose performance.md gets the figures." };
        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 24))
                result.AddError("--hours-of-work must be more than 0, at most 24.");
        });
        messages.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1000)
                result.AddError("--messages must be at least 1000.");
        });
        var command = new RootCommand("Carries out much work, and looks whether memory, files, threads or latency grow.") { hours, messages, chaos, seed, report };
        command.SetAction(async (parsed, _) =>
        {
            var plan = new SoakPlan(parsed.GetValue(hours), parsed.GetValue(messages), parsed.GetValue(chaos), parsed.GetValue(seed));
            var result = await new SoakRun(plan, Console.WriteLine).RunAsync();
            var markdown = Markdown(plan, result);
            Console.WriteLine();
            Console.WriteLine(markdown);
            if (parsed.GetValue(report) is { } folder)
                await PerformancePage.WriteAsync(folder, Name, markdown);
            return result.IsGood ? 0 : 1;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static string Markdown(SoakPlan plan, SoakResult result)
    {
        var totals = result.Totals;
        string[][] counts =
        [
            ["sent", Text(totals.Sent)], ["hosts restarted", Text(totals.Restarted)], ["dead-lettered", Text(totals.DeadLettered)], ["of these, needlessly", Text(totals.DeadLetteredInVain)],
            ["restarted twice", Text(totals.RestartedTwice)], ["lost", Text(totals.Lost)],
        ];
        var head = string.Create(
            CultureInfo.InvariantCulture, $"{result.Passed.TotalMinutes:0} minutes of the messages' time, {plan.Slices} slices, {(plan.Chaos ? "with chaos" : "without chaos")}, seed {plan.Seed}.");
        return string.Join(
            Environment.NewLine + Environment.NewLine, head, MarkdownTable.Of(["Requests", ""], counts),
            MarkdownTable.Of(["Median of a third of the slices", "First", "Last", "Bound", "Flat"], result.Flatness.Select(judged => judged.Row())));
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
