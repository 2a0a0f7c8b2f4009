using System.CommandLine;
using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Results;

namespace Mayhem.Benchmarks.Renewals;

/// <summary><c>renewals</c>: many locks kept alive, in several ways and under several disturbances.</summary>
internal static class RenewalCommand
{
    public const string Name = "renewals";

    private static readonly TimeSpan LockLength = TimeSpan.FromSeconds(1);

    public static Task<int> RunAsync(string[] args)
    {
        var locks = new Option<int>("--locks") { Description = "How many locks.", DefaultValueFactory = _ => 10_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long they are held, each time.", DefaultValueFactory = _ => 60 };
        var report = new Option<DirectoryInfo?>("--report") { Description = "A folder whose performance.md gets the figures." };
        var command = new RootCommand("Keeps many locks alive, each renewed every 500 ms, and looks how late that is.") { locks, seconds, report };
        command.SetAction(async (parsed, _) =>
        {
            var (count, time) = (parsed.GetValue(locks), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            var figures = await MeasureAsync(count, time);
            var markdown = Markdown(figures, count, time);
            Console.WriteLine(markdown);
            if (parsed.GetValue(report) is { } folder)
                await PerformancePage.WriteAsync(folder, Name, markdown);
            return figures.Where(run => run.Key.Renewer.StartsWith("Mayhem", StringComparison.Ordinal)).Any(run => run.Value.Lost > 0) ? 1 : 0;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<Dictionary<(string Renewer, string Disturbance), RenewalFigures>> MeasureAsync(int locks, TimeSpan time)
    {
        var measured = new Dictionary<(string, string), RenewalFigures>();
        foreach (var (disturbance, disturb) in Disturbance.All)
        {
            foreach (var (name, renewer) in Renewers.All)
            {
                var figures = measured[(name, disturbance)] = await RenewalFigures.MeasureAsync(renewer, disturb, locks, LockLength, time);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{disturbance,-15} {name,-32} {Lateness(figures)}"));
            }
        }

        Console.WriteLine();
        return measured;
    }

    private static string Markdown(Dictionary<(string Renewer, string Disturbance), RenewalFigures> measured, int locks, TimeSpan time)
    {
        var rows = Renewers.All.Keys.Select(name => (string[])
        [
            name, .. Disturbance.All.Keys.Select(disturbance => Lateness(measured[(name, disturbance)])),
            string.Create(CultureInfo.InvariantCulture, $"{measured[(name, "idle")].CpuShare * 100:0.0} %"),
            string.Create(CultureInfo.InvariantCulture, $"{measured[(name, "idle")].HeldPerLock:N0} B"),
            string.Create(CultureInfo.InvariantCulture, $"{measured[(name, "idle")].AllocatedPerRenewal:N0} B"),
        ]);
        return string.Create(CultureInfo.InvariantCulture, $"{locks:N0} locks of {LockLength.TotalSeconds:0} s, each due every {LockLength.TotalMilliseconds / 2:0} ms, held for {time.TotalSeconds:0} s. How late: 99th percentile / worst.")
            + Environment.NewLine + Environment.NewLine
            + MarkdownTable.Of(["", .. Disturbance.All.Keys, "CPU, idle", "held for each lock", "allocated for each renewal"], rows);
    }

    private static string Lateness(RenewalFigures figures)
    {
        var late = string.Create(CultureInfo.InvariantCulture, $"{figures.Late.TotalMilliseconds:0.0} / {figures.Latest.TotalMilliseconds:0.0} ms");
        return figures.Lost == 0 ? $"{late}, none lost" : string.Create(CultureInfo.InvariantCulture, $"{late}, **{figures.Lost:N0} lost**");
    }
}
