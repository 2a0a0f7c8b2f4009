using System.CommandLine;
using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Results;
using Mayhem.FrameCapture;

namespace Mayhem.Benchmarks.FrameCapture;

/// <summary><c>frames</c>: what frame capture costs, woven beside plain.</summary>
internal static class FrameCommand
{
    public const string Name = "frames";

    public static Task<int> RunAsync(string[] args)
    {
        var turns = new Option<int>("--turns") { Description = "How often each build has its turn of 5 ms.", DefaultValueFactory = _ => 1_000 };
        var report = new Option<DirectoryInfo?>("--report") { Description = "A folder whose performance.md gets the figures." };
        var command = new RootCommand("Measures the same code woven and plain, in turns.") { turns, report };
        command.SetAction(async (parsed, _) =>
        {
            // The bound on captured exceptions would make them cheap.
            FrameRecorder.Options = new CaptureOptions { MaxExceptionsPerSecond = 0 };
            var markdown = Markdown(parsed.GetValue(turns));
            Console.WriteLine(markdown);
            if (parsed.GetValue(report) is { } folder)
                await PerformancePage.WriteAsync(folder, Name, markdown);
            return 0;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static string Markdown(int turns) =>
        string.Create(CultureInfo.InvariantCulture, $"{turns:N0} turns of 5 ms each. Ratio: the median of all pairs of turns, and the quartiles.")
        + Environment.NewLine + Environment.NewLine
        + MarkdownTable.Of(["", "plain", "woven", "ratio", "quartiles", "allocated, plain", "allocated, woven", "at most", "met"], Pairs.All.Select(pair => Row(pair, PairedFigures.Measure(pair, turns))));

    private static string[] Row(Pair pair, PairedFigures figures) =>
    [
        pair.Name, Nanoseconds(figures.Plain), Nanoseconds(figures.Woven), Text(figures.Ratio), $"{Text(figures.Quantile(0.25))} to {Text(figures.Quantile(0.75))}",
        Bytes(figures.PlainBytes), Bytes(figures.WovenBytes), pair.Bound is { } bound ? Text(bound) : "", pair.Bound is { } most ? figures.Ratio <= most ? "yes" : "**no**" : "",
    ];

    private static string Text(double ratio) => ratio.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Nanoseconds(double time) => time.ToString("N0", CultureInfo.InvariantCulture) + " ns";

    private static string Bytes(double bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture) + " B";
}
