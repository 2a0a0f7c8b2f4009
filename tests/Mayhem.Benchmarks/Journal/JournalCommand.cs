using System.CommandLine;
using System.Globalization;
using Mayhem.Benchmarks.Scenarios.Results;

namespace Mayhem.Benchmarks.Journal;

/// <summary><c>journal</c>: what the broker's journal gives, and what it costs.</summary>
internal static class JournalCommand
{
    public const string Name = "journal";

    public static Task<int> RunAsync(string[] args)
    {
        var sizes = new Option<int[]>("--sizes")
        {
            Description = "How many messages the queues hold that are compacted and recovered.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10_000, 100_000, 1_000_000],
        };
        var report = new Option<DirectoryInfo?>("--report") { Description = "A folder whose performance.md gets the figures." };
        var command = new RootCommand("Measures appending, compaction and recovery of the broker's journal, on the disk of the folder for temporary files.") { sizes, report };
        command.SetAction(async (parsed, _) =>
        {
            var tables = string.Join(Environment.NewLine, await Appending.TableAsync(), await HeldQueue.TableAsync(parsed.GetRequiredValue(sizes)));
            Console.WriteLine(tables);
            if (parsed.GetValue(report) is { } folder)
                await PerformancePage.WriteAsync(folder, Name, tables);
        });
        return command.Parse(args).InvokeAsync();
    }

    /// <summary>A row of a table in Markdown.</summary>
    public static string Row(params FormattableString[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture)))} |";
}
