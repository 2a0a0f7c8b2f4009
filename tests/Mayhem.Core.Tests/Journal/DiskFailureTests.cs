using Mayhem.Journal;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Journal;

public sealed class DiskFailureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly BreakingDisk disk = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("write")]
    [InlineData("flush")]
    public async Task Append_DiskFails_FailsIt_AndAllThatFollow(string step)
    {
        var journal = Records.Open(folder.Path, disk: disk);
        await journal.Append("good");
        FailOn(step);

        var failure = await Assert.ThrowsAsync<JournalFailedException>(() => journal.Append("bad"));
        disk.Before = _ => { };

        Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
        Assert.Same(failure, await Assert.ThrowsAsync<JournalFailedException>(() => journal.Append("later")));
        Assert.Same(failure, await Assert.ThrowsAsync<JournalFailedException>(() => journal.WaitForRoomAsync(default).AsTask()));
        await Assert.ThrowsAsync<JournalFailedException>(() => journal.CompactAsync("s"));
        await journal.DisposeAsync();
        Assert.Equal("good", (await Records.ReopenAsync(folder.Path)).Texts[0]);
    }

    [Fact]
    public async Task Append_QueuedBehindAFailure_FailsToo()
    {
        var entered = new TaskCompletionSource();
        using var go = new ManualResetEventSlim();
        await using var journal = Records.Open(folder.Path, disk: disk);
        disk.Before = step =>
        {
            entered.TrySetResult();
            go.Wait();
            throw new IOException("no space left");
        };
        var first = journal.Append("first");
        await entered.Task;
        var queued = Enumerable.Range(0, 10).Select(n => journal.Append($"{n}")).ToList();
        go.Set();

        foreach (var append in queued.Append(first))
            await Assert.ThrowsAsync<JournalFailedException>(() => append);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("flush")]
    [InlineData("rename")]
    [InlineData("flush folder")]
    public async Task Compact_DiskFails_LosesNothing(string step)
    {
        var journal = Records.Open(folder.Path, disk: disk);
        await journal.Append("a");
        await using (var compaction = journal.BeginCompaction())
        {
            await journal.Append("b");
            FailOn(step);
            await Assert.ThrowsAnyAsync<IOException>(() => compaction.CompleteAsync([Records.Of("A")], default));
            disk.Before = _ => { };
        }
        await journal.DisposeAsync();

        Assert.Equal(["a", "b"], (await Records.ReopenAsync(folder.Path)).Texts);
    }

    [Fact]
    public async Task Compact_DiskFailsBeforeTheSwitch_LeavesTheJournalAtWork()
    {
        await using (var journal = Records.Open(folder.Path, disk: disk))
        {
            FailOn("write");
            await Assert.ThrowsAsync<IOException>(() => journal.CompactAsync("s"));
            disk.Before = _ => { };
            await journal.Append("goes on");
            await journal.CompactAsync("went on");
        }

        Assert.Equal(["went on"], (await Records.ReopenAsync(folder.Path)).Texts);
    }

    private void FailOn(string failing) => disk.Before = step =>
    {
        if (step == failing)
            throw new IOException("no space left");
    };
}
