using System.Text;
using Mayhem.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Journal;

/// <summary>Shorthands of the journal's tests: records are texts here.</summary>
internal static class Records
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static Task Append(this IJournal journal, string text) => journal.Append(Of(text));

    public static void AppendUnawaited(this IJournal journal, string text) => journal.AppendUnawaited(Of(text));

    public static FileJournal Open(string folder, List<string>? into = null, JournalOptions? options = null, JournalDisk? disk = null) =>
        FileJournal.Open(
            folder, (options ?? new JournalOptions()) with { Disk = disk ?? JournalDisk.Real, AcceptLoss = true }, record => into?.Add(Encoding.UTF8.GetString(record)), NullLogger.Instance);

    /// <summary>The records that opening the folder finds, and what it tells about the end.</summary>
    public static async Task<(List<string> Texts, JournalRecovery Recovery)> ReopenAsync(string folder, JournalDisk? disk = null)
    {
        var texts = new List<string>();
        await using var journal = Open(folder, texts, disk: disk);
        return (texts, journal.Recovery);
    }

    public static async Task WriteAsync(string folder, params IEnumerable<string> texts)
    {
        await using var journal = Open(folder);
        foreach (var text in texts)
            await journal.Append(text);
    }

    public static string OnlyLog(string folder) => Assert.Single(Directory.GetFiles(folder, "*.log"));

    public static async Task CompactAsync(this IJournal journal, params IEnumerable<string> snapshot)
    {
        await using var compaction = journal.BeginCompaction();
        await compaction.CompleteAsync(snapshot.Select(text => (ReadOnlyMemory<byte>)Of(text)), CancellationToken.None);
    }
}
