using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mayhem.Journal;
using Mayhem.Local.Broker;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Benchmarks.Journal;

/// <summary>
/// A queue that holds so many messages: how long it takes to open from a log of all that happened, how long a handler is held up while that log is compacted, and how long it
/// takes to open from the compacted log. The handler receives, completes and sends one message after the other.
/// </summary>
internal static class HeldQueue
{
    private const string QueueName = "restarts";
    private const int Sent = 200;

    private static readonly TimeSpan Undisturbed = TimeSpan.FromSeconds(2);
    private static readonly byte[] Body = new byte[150];

    public static async Task<string> TableAsync(IEnumerable<int> sizes)
    {
        var table = new StringBuilder();
        table.AppendLine(JournalCommand.Row(
            $"Messages", $"log, MB", $"recovery, s", $"compaction, s", $"longest receive, ms", $"longest settlement, ms", $"undisturbed, ms", $"recovery from the snapshot, s"));
        table.AppendLine(JournalCommand.Row([.. Enumerable.Repeat<FormattableString>($"---:", 8)]));
        foreach (var messages in sizes)
            table.AppendLine(await RowAsync(messages));
        return table.ToString();
    }

    private static async Task<string> RowAsync(int messages)
    {
        var folder = Directory.CreateTempSubdirectory("mayhem-bench-").FullName;
        try
        {
            await FillAsync(folder, messages);
            var megabytes = LogsOf(folder).Sum(log => log.Length) / 1e6;

            var start = Stopwatch.GetTimestamp();
            await using (await OpenAsync(folder, compactionFrom: long.MaxValue))
                start = Stopwatch.GetTimestamp() - start;
            var recovery = Stopwatch.GetElapsedTime(0, start);

            TimeSpan compaction;
            Held during, without;
            start = Stopwatch.GetTimestamp();
            await using (var broker = await OpenAsync(folder, compactionFrom: 1))
            {
                start = Stopwatch.GetTimestamp();
                during = await HandleAsync(broker.Queue(QueueName), () => LogsOf(folder) is [{ Name: "journal-00000001.log" }] or [_, _]);
                compaction = Stopwatch.GetElapsedTime(start);
            }
            await using (var broker = await OpenAsync(folder, compactionFrom: long.MaxValue))
            {
                start = Stopwatch.GetTimestamp();
                without = await HandleAsync(broker.Queue(QueueName), () => Stopwatch.GetElapsedTime(start) < Undisturbed);
            }

            start = Stopwatch.GetTimestamp();
            await using (await OpenAsync(folder, compactionFrom: long.MaxValue))
                start = Stopwatch.GetTimestamp() - start;
            var again = Stopwatch.GetElapsedTime(0, start);

            return JournalCommand.Row(
                $"{messages:N0}", $"{megabytes:N0}", $"{recovery.TotalSeconds:N2}", $"{compaction.TotalSeconds:N2}", $"{during.Receive.TotalMilliseconds:N1}", $"{during.Settlement.TotalMilliseconds:N1}",
                $"{without.Receive.TotalMilliseconds:N1} / {without.Settlement.TotalMilliseconds:N1}", $"{again.TotalSeconds:N2}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(string folder, int messages)
    {
        await using var broker = await OpenAsync(folder, compactionFrom: long.MaxValue);
        var queue = broker.Queue(QueueName);
        for (var sent = 0; sent < messages; sent += Sent)
            await queue.SendAsync([.. Enumerable.Range(sent, Math.Min(Sent, messages - sent)).Select(MessageOf)], CancellationToken.None);
    }

    private static async Task<Held> HandleAsync(BrokerQueue queue, Func<bool> goOn)
    {
        var (receive, settlement) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var number = 0; goOn(); number++)
        {
            var start = Stopwatch.GetTimestamp();
            var received = await queue.ReceiveAsync(SubQueue.None, 1, ReceiveMode.PeekLock, TimeSpan.Zero, CancellationToken.None);
            receive = Longer(receive, start);
            start = Stopwatch.GetTimestamp();
            await queue.CompleteAsync(received[0].LockToken, CancellationToken.None);
            settlement = Longer(settlement, start);
            await queue.SendAsync(MessageOf(-number), CancellationToken.None);
        }
        return new Held(receive, settlement);
    }

    private static TimeSpan Longer(TimeSpan longest, long start) => Stopwatch.GetElapsedTime(start) is var took && took > longest ? took : longest;

    private static MessageContent MessageOf(int number) => new() { MessageId = "n" + number.ToString(CultureInfo.InvariantCulture), Body = Body };

    private static Task<EmbeddedBroker> OpenAsync(string folder, long compactionFrom) => EmbeddedBroker.OpenAsync(
        new EmbeddedBrokerOptions
        {
            Folder = folder,
            Journal = new JournalOptions { CompactionMinimumBytes = compactionFrom },
            Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal) { [QueueName] = new() { DuplicateDetectionWindow = TimeSpan.FromMinutes(10) } },
        },
        TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);

    private static FileInfo[] LogsOf(string folder) => new DirectoryInfo(Path.Combine(folder, QueueName)).GetFiles("journal-*.log*");

    private sealed record Held(TimeSpan Receive, TimeSpan Settlement);
}
