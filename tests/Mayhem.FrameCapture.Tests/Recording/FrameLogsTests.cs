using Mayhem.FrameCapture.Recording;

namespace Mayhem.FrameCapture.Tests.Recording;

public class FrameLogsTests
{
    private readonly FrameLogs logs = new();

    [Fact]
    public void GetOrAdd_OfOneException_IsAlwaysTheSameLog()
    {
        var exception = new InvalidOperationException();

        var log = Add(exception);

        Assert.Same(log, Add(exception));
        Assert.True(logs.TryGet(exception, out var found));
        Assert.Same(log, found);
    }

    [Fact]
    public void GetOrAdd_OfOneThatMayHaveNone_AddsNone()
    {
        var exception = new InvalidOperationException();

        Assert.Null(logs.GetOrAdd(exception, "state", state => state != "state"));
        Assert.False(logs.TryGet(exception, out _));
    }

    [Fact]
    public void TryGet_OfAnExceptionWithoutALog_FindsNone() => Assert.False(logs.TryGet(new InvalidOperationException(), out _));

    [Fact]
    public void TryGet_AfterHundredsOfOthersWereAdded_FindsEachItsOwn()
    {
        var added = Enumerable.Range(0, 200).Select(_ => new InvalidOperationException()).Select(exception => (exception, log: Add(exception))).ToArray();

        Assert.All(added, item => Assert.Same(item.log, logs.TryGet(item.exception, out var found) ? found : null));
    }

    [Fact]
    public void TryGet_AfterFarMoreThanThereIsRoomFor_FindsTheLatestOnly()
    {
        var added = Enumerable.Range(0, 50_000).Select(_ => new InvalidOperationException()).ToArray();
        foreach (var exception in added)
            Add(exception);

        Assert.True(logs.TryGet(added[^1], out _));
        Assert.InRange(added.Count(exception => logs.TryGet(exception, out _)), 4_000, 4_096);
    }

    [Fact]
    public void GetOrAdd_FromManyThreads_GivesAllTheSameLog()
    {
        var exceptions = Enumerable.Range(0, 100).Select(_ => new InvalidOperationException()).ToArray();

        var found = exceptions.AsParallel().SelectMany(exception => Enumerable.Range(0, 20).AsParallel().Select(_ => (exception, log: Add(exception)))).ToArray();

        Assert.All(found, item => Assert.Same(item.exception, item.log.Exception));
        Assert.Equal(100, found.Select(item => item.log).Distinct().Count());
    }

    private FrameLog Add(Exception exception) => logs.GetOrAdd(exception, true, mayAdd => mayAdd)!;
}
