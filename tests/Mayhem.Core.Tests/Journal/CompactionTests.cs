using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Journal;

public sealed class CompactionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Compact_ReplacesWhatWasBeforeTheCut_AndKeepsWhatFollows()
    {
        await using (var journal = Records.Open(folder.Path))
        {
            await journal.Append("a");
            await journal.Append("b");
            await using var compaction = journal.BeginCompaction();
            await journal.Append("c");
            await compaction.CompleteAsync([Records.Of("a+b")], CancellationToken.None);
            await journal.Append("d");
            Assert.Equal(1, journal.Statistics.Compactions);
        }

        Assert.EndsWith("journal-00000002.log", Records.OnlyLog(folder.Path), StringComparison.Ordinal);
        Assert.Equal(["a+b", "c", "d"], (await Records.ReopenAsync(folder.Path)).Texts);
    }

    [Fact]
    public async Task Compact_WhileOthersAppend_LosesAndRepeatsNothing()
    {
        var gate = new Lock();
        var state = new List<string>();
        await using (var journal = Records.Open(folder.Path))
        {
            var appenders = Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
            {
                for (var n = 0; n < 200; n++)
                {
                    Task durable;
                    lock (gate)
                    {
                        state.Add($"{thread}:{n}");
                        durable = journal.Append($"{thread}:{n}");
                    }
                    await durable;
                }
            })).ToList();
            while (!appenders.TrueForAll(task => task.IsCompleted))
            {
                IJournalCompaction compaction;
                List<string> captured;
                lock (gate)
                {
                    compaction = journal.BeginCompaction();
                    captured = [.. state];
                }
                await using (compaction)
                    await compaction.CompleteAsync(captured.Select(text => (ReadOnlyMemory<byte>)Records.Of(text)), CancellationToken.None);
            }
            await Task.WhenAll(appenders);
            Assert.InRange(journal.Statistics.Compactions, 2, long.MaxValue);
        }

        Assert.Equal(state, (await Records.ReopenAsync(folder.Path)).Texts);
    }

    [Fact]
    public async Task IsCompactionDue_OnlyWhenTheLogHasOutgrownItsSnapshot()
    {
        var options = new JournalOptions { CompactionMinimumBytes = 1000, CompactionFactor = 2 };
        await using var journal = Records.Open(folder.Path, options: options);
        await journal.Append(new string('x', 500));
        Assert.False(journal.IsCompactionDue);
        await journal.Append(new string('x', 500));
        Assert.True(journal.IsCompactionDue);

        await journal.CompactAsync(new string('s', 1000));

        Assert.False(journal.IsCompactionDue);
        await journal.Append(new string('x', 1900));
        Assert.False(journal.IsCompactionDue);
        await journal.Append(new string('x', 200));
        Assert.True(journal.IsCompactionDue);
    }

    [Fact]
    public async Task BeginCompaction_DuringAnother_IsRefused_AndAllowedAfterIt()
    {
        await using var journal = Records.Open(folder.Path);
        await using (journal.BeginCompaction())
            Assert.Throws<InvalidOperationException>(journal.BeginCompaction);

        await journal.CompactAsync("s");

        Assert.Equal(1, journal.Statistics.Compactions);
    }

    [Fact]
    public async Task Compact_SnapshotThrows_LeavesTheOldLogInUse()
    {
        await using (var journal = Records.Open(folder.Path))
        {
            await journal.Append("a");
            await using (var compaction = journal.BeginCompaction())
                await Assert.ThrowsAsync<FormatException>(() => compaction.CompleteAsync(Broken(), CancellationToken.None));
            await journal.Append("b");
        }

        Assert.Equal(["a", "b"], (await Records.ReopenAsync(folder.Path)).Texts);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.new"));

        static IEnumerable<ReadOnlyMemory<byte>> Broken()
        {
            yield return Records.Of("half");
            throw new FormatException("no more");
        }
    }
}
