using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Journal;

/// <summary>A log that has grown is prepared with zeros. A kill is simulated by copying the folder.</summary>
public sealed class PreparedLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string[] texts = [.. Enumerable.Range(0, 400).Select(number => $"{number}".PadRight(1000, '.'))];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kill_LeavesZerosBehindTheRecords_WhichAreNoDamage()
    {
        await using (var journal = Records.Open(folder["live"]))
        {
            await AppendAsync(journal, texts);
            CopyLog();
            Assert.True(new FileInfo(Records.OnlyLog(folder["copy"])).Length > journal.Statistics.Bytes);
        }

        var (found, recovery) = await Records.ReopenAsync(folder["copy"]);

        Assert.Equal(texts, found);
        Assert.Equal((JournalDamage.None, 0, recovery.Position), (recovery.Damage, recovery.BytesCut, new FileInfo(Records.OnlyLog(folder["copy"])).Length));
    }

    [Fact]
    public async Task Kill_AndGoingOn_KeepsEverything()
    {
        await using (var journal = Records.Open(folder["live"]))
        {
            await AppendAsync(journal, texts);
            CopyLog();
        }

        await Records.WriteAsync(folder["copy"], "after");

        Assert.Equal([.. texts, "after"], (await Records.ReopenAsync(folder["copy"])).Texts);
    }

    [Fact]
    public async Task Kill_TornWriteAmongTheZeros_IsATornTail()
    {
        await using (var journal = Records.Open(folder["live"]))
        {
            await AppendAsync(journal, texts);
            CopyLog();
            using var log = File.OpenWrite(Records.OnlyLog(folder["copy"]));
            log.Position = journal.Statistics.Bytes;
            log.Write([200, 0, 0, 0, 1, 2, 3, 4, 5]);
        }

        var (found, recovery) = await Records.ReopenAsync(folder["copy"]);

        Assert.Equal(texts, found);
        Assert.Equal(JournalDamage.TornTail, recovery.Damage);
    }

    [Fact]
    public async Task Close_LeavesNoZeros()
    {
        long bytes;
        await using (var journal = Records.Open(folder["live"]))
        {
            await AppendAsync(journal, texts);
            bytes = journal.Statistics.Bytes;
        }

        Assert.Equal(bytes, new FileInfo(Records.OnlyLog(folder["live"])).Length);
    }

    [Fact]
    public async Task WriteOut_WhileTheDiskIsBusy_HandsTheRecordToTheOperatingSystem()
    {
        using var disk = new SlowDisk();
        await using var journal = Records.Open(folder["live"], disk: disk);
        disk.Hold();
        var first = journal.Append("first");
        disk.WaitUntilHeld();
        var second = journal.Append("second");

        Assert.True(journal.WriteOutAsync().AsTask().IsCompletedSuccessfully);

        var found = new List<string>();
        FileJournal.Read(folder["live"], record => found.Add(System.Text.Encoding.UTF8.GetString(record)));
        Assert.Equal(["first", "second"], found);
        Assert.False(second.IsCompleted);
        disk.Release();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task WriteOut_BehindACompaction_WaitsForItsTurn()
    {
        using var disk = new SlowDisk();
        await using var journal = Records.Open(folder["live"], disk: disk);
        disk.Hold();
        var first = journal.Append("first");
        disk.WaitUntilHeld();
        await using var compaction = journal.BeginCompaction();
        var second = journal.Append("second");

        var writtenOut = journal.WriteOutAsync().AsTask();

        Assert.False(writtenOut.IsCompleted);
        disk.Release();
        await writtenOut;
        await Task.WhenAll(first, second);
    }

    private static Task AppendAsync(FileJournal journal, IEnumerable<string> all) => Task.WhenAll(all.Select(text => journal.Append(text)).ToList());

    private void CopyLog()
    {
        Directory.CreateDirectory(folder["copy"]);
        var log = Records.OnlyLog(folder["live"]);
        File.Copy(log, Path.Combine(folder["copy"], Path.GetFileName(log)));
    }
}
