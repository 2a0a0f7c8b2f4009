using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Journal;

/// <summary>Photographs the folder before every change to the disk, as a crash would leave it, and opens each picture.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<(string Step, string Folder, List<string> Acknowledged)> pictures = [];
    private readonly List<string> acknowledged = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Crash_BeforeAnyStep_LeavesEveryAcknowledgedRecordInOrder()
    {
        var disk = new BreakingDisk { Before = TakePicture, TearsWrites = true };
        await using (var journal = Records.Open(folder["live"], disk: disk))
        {
            await AppendAsync(journal, "1");
            await AppendAsync(journal, "2");
            for (var round = 0; round < 2; round++)
            {
                await using var compaction = journal.BeginCompaction();
                List<ReadOnlyMemory<byte>> snapshot = [.. acknowledged.Select(text => (ReadOnlyMemory<byte>)Records.Of(text))];
                await AppendAsync(journal, $"{round} during");
                await compaction.CompleteAsync(snapshot, default);
                await AppendAsync(journal, $"{round} after");
            }
        }

        Assert.Equal(["delete", "flush", "flush folder", "half a write", "rename", "write"], pictures.Select(picture => picture.Step).Distinct().Order());
        foreach (var picture in pictures)
        {
            var (found, recovery) = await Records.ReopenAsync(picture.Folder);
            Assert.Equal(picture.Acknowledged, found[..picture.Acknowledged.Count]);
            Assert.InRange(found.Count - picture.Acknowledged.Count, 0, 1);
            Assert.NotEqual(JournalDamage.Corruption, recovery.Damage);
            Assert.Single(Directory.GetFiles(picture.Folder, "journal-*"));
        }
    }

    private async Task AppendAsync(IJournal journal, string text)
    {
        await journal.Append(text);
        lock (acknowledged)
            acknowledged.Add(text);
    }

    private void TakePicture(string step)
    {
        var copy = Directory.CreateDirectory(folder[$"picture-{pictures.Count}"]).FullName;
        foreach (var file in Directory.GetFiles(folder["live"], "journal-*"))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        lock (acknowledged)
            pictures.Add((step, copy, [.. acknowledged]));
    }
}
