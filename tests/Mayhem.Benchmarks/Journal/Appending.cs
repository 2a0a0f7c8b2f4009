using System.Diagnostics;
using System.Text;
using Mayhem.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Benchmarks.Journal;

/// <summary>How many records a second reach the disk, by how many append at the same time and wait for it.</summary>
internal static class Appending
{
    private const int RecordBytes = 250;

    private static readonly int[] Appenders = [1, 4, 16, 64, 256];
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    public static async Task<string> TableAsync()
    {
        var table = new StringBuilder();
        table.AppendLine(JournalCommand.Row($"Appenders", $"records/s, operating system", $"records/s, disk", $"records a flush"));
        table.AppendLine(JournalCommand.Row($"---:", $"---:", $"---:", $"---:"));
        foreach (var appenders in Appenders)
        {
            var (written, _) = await RunAsync(appenders, Durability.OperatingSystem);
            var (flushed, together) = await RunAsync(appenders, Durability.Disk);
            table.AppendLine(JournalCommand.Row($"{appenders}", $"{written:N0}", $"{flushed:N0}", $"{together:N1}"));
        }
        return table.ToString();
    }

    private static async Task<(double PerSecond, double Together)> RunAsync(int appenders, Durability durability)
    {
        var folder = Directory.CreateTempSubdirectory("mayhem-bench-");
        try
        {
            await using var journal = FileJournal.Open(folder.FullName, new JournalOptions { Durability = durability }, static _ => { }, NullLogger.Instance);
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, appenders).Select(_ => Task.Run(async () =>
            {
                var record = new byte[RecordBytes];
                while (Stopwatch.GetElapsedTime(start) < Long)
                    await journal.Append(record);
            })));
            var done = journal.Statistics;
            return (done.Records / Stopwatch.GetElapsedTime(start).TotalSeconds, (double)done.Records / done.Commits);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
