using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Journal;

public sealed class AppendTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Append_RecordsOfAllSizes_AreReplayedInOrder()
    {
        string[] texts = ["", "a", new('b', 4096), new('c', 5 << 20), "d"];
        await Records.WriteAsync(folder.Path, texts);

        var (found, recovery) = await Records.ReopenAsync(folder.Path);

        Assert.Equal(texts, found);
        Assert.Equal((JournalDamage.None, 5), (recovery.Damage, recovery.Records));
    }

    [Fact]
    public async Task Append_FromManyThreads_SharesFlushesAndKeepsEachThreadsOrder()
    {
        const int Threads = 8, Each = 250;
        await using (var journal = Records.Open(folder.Path))
        {
            var appends = Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
            {
                var pending = Enumerable.Range(0, Each).Select(n => journal.Append($"{thread}:{n}")).ToList();
                await Task.WhenAll(pending);
            }));
            await Task.WhenAll(appends);
            Assert.Equal(Threads * Each, journal.Statistics.Records);
            Assert.InRange(journal.Statistics.Commits, 1, (Threads * Each) - 1);
        }

        var (found, _) = await Records.ReopenAsync(folder.Path);

        foreach (var byThread in found.GroupBy(text => text.Split(':')[0], StringComparer.Ordinal))
            Assert.Equal(Enumerable.Range(0, Each).Select(n => $"{byThread.Key}:{n}"), byThread);
        Assert.Equal(Threads * Each, found.Count);
    }

    [Fact]
    public async Task Append_WhileTheDiskIsBusy_ReturnsAtOnceAndIsOneWriteLater()
    {
        using var disk = new SlowDisk();
        await using var journal = Records.Open(folder.Path, disk: disk);
        disk.Hold();
        var first = journal.Append("first");
        disk.WaitUntilHeld();

        var rest = Enumerable.Range(0, 1000).Select(n => journal.Append($"{n}")).ToList();

        Assert.False(first.IsCompleted);
        disk.Release();
        await Task.WhenAll(rest.Append(first));
        Assert.Equal(2, journal.Statistics.Commits);
    }

    [Fact]
    public async Task WaitForRoom_BacklogFull_WaitsUntilTheDiskHasCaughtUp()
    {
        using var disk = new SlowDisk();
        await using var journal = Records.Open(folder.Path, options: new JournalOptions { MaxBacklogBytes = 1000 }, disk: disk);
        disk.Hold();
        var appended = journal.Append(new string('x', 900));
        Assert.True(journal.WaitForRoomAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
        var more = journal.Append(new string('x', 900));

        var room = journal.WaitForRoomAsync(CancellationToken.None).AsTask();

        Assert.False(room.IsCompleted);
        disk.Release();
        await Task.WhenAll(appended, more, room);
    }

    [Fact]
    public async Task AppendUnawaited_ThenAppend_IsFlushedWithItInOrder()
    {
        using var disk = new SlowDisk();
        await using (var journal = Records.Open(folder.Path, disk: disk))
        {
            disk.Hold();
            var first = journal.Append("first");
            disk.WaitUntilHeld();
            journal.AppendUnawaited("second");
            disk.Release();
            await first;
            journal.AppendUnawaited("third");
            await journal.WriteOutAsync();

            await journal.Append("fourth");

            Assert.Equal((4, 2), (journal.Statistics.Records, journal.Statistics.Commits));
        }

        Assert.Equal(["first", "second", "third", "fourth"], (await Records.ReopenAsync(folder.Path)).Texts);
    }

    [Fact]
    public async Task AppendUnawaited_ThenDispose_IsThere()
    {
        await using (var journal = Records.Open(folder.Path))
            journal.AppendUnawaited("last");

        Assert.Equal(["last"], (await Records.ReopenAsync(folder.Path)).Texts);
    }

    [Fact]
    public async Task AppendUnawaited_WrittenOut_IsHandedToTheOperatingSystemWithoutAFlush()
    {
        await using var journal = Records.Open(folder.Path);
        journal.AppendUnawaited("one");

        await journal.WriteOutAsync();

        var found = new List<string>();
        FileJournal.Read(folder.Path, record => found.Add(System.Text.Encoding.UTF8.GetString(record)));
        Assert.Equal(["one"], found);
        Assert.Equal(0, journal.Statistics.Commits);
    }

    [Fact]
    public async Task WaitForRoom_BacklogThatNobodyWaitsFor_IsFlushed()
    {
        await using var journal = Records.Open(folder.Path, options: new JournalOptions { MaxBacklogBytes = 1000 });
        journal.AppendUnawaited(new string('x', 1000));
        await journal.WriteOutAsync();

        await journal.WaitForRoomAsync(CancellationToken.None);

        Assert.Equal(1, journal.Statistics.Commits);
    }

    [Fact]
    public async Task Append_AwaitedBlockingly_DoesNotHoldUpTheWriter()
    {
        await using var journal = Records.Open(folder.Path);
        var released = new TaskCompletionSource();
        var blocking = Task.Run(() => Continue(journal.Append("one")));

        await journal.Append("two");

        released.SetResult();
        await blocking;

        async Task Continue(Task append)
        {
            await append;
            released.Task.Wait();
        }
    }

    [Fact]
    public async Task Append_LongerThanTheLimit_IsRefusedAtOnce()
    {
        await using var journal = Records.Open(folder.Path);
        var tooLong = new byte[FileJournal.MaxRecordBytes + 1];

        var refusal = Assert.Throws<ArgumentException>(() => { _ = journal.Append(tooLong); });

        Assert.Contains("67108864 at most", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_AfterDispose_Fails()
    {
        var journal = Records.Open(folder.Path);
        var last = journal.Append("last");
        await journal.DisposeAsync();

        await last;
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.Append("late"));
        Assert.Equal(["last"], (await Records.ReopenAsync(folder.Path)).Texts);
    }
}
