using System.Collections.Concurrent;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Tests.Doubles;
using Mayhem.Reports;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Dispatch;

public sealed class OutletTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();
    private readonly ScriptedSink sink = new();
    private readonly RecordingLogger<Outlet> logger = new();
    private readonly List<Outlet> outlets = [];

    [Fact]
    public async Task Offer_ASinkThatWorks_GetsEachReportOnce_InOrder()
    {
        var outlet = Open();

        for (var n = 1; n <= 5; n++)
            outlet.Offer(SomeDocument.Of(n));
        await outlet.FlushAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 5).Select(SomeDocument.Id), sink.Arrived);
        Assert.Equal(new SinkCounts("scripted", Sent: 5, Resent: 0, Failed: 0, Refused: 0, Dropped: 0, Waiting: 0, Spooled: 0, Sending: false), outlet.Counts);
    }

    [Fact]
    public async Task Offer_ASinkThatFails_IsTriedOnce_AndEverythingWaitsInTheSpool()
    {
        sink.Break();
        var outlet = Open();

        for (var n = 1; n <= 5; n++)
            outlet.Offer(SomeDocument.Of(n));
        await outlet.FlushAsync(CancellationToken.None);

        Assert.Equal(1, sink.Tries);
        Assert.Equal(5, outlet.Counts.Spooled);
        Assert.Equal(1, outlet.Counts.Failed);
        Assert.Equal(5100, Assert.Single(logger.Lines).Id);
    }

    [Fact]
    public async Task Offer_ASinkThatWorksAgain_GetsEverything_OnceEach_AfterThePause()
    {
        sink.Break();
        var outlet = Open();
        for (var n = 1; n <= 5; n++)
            outlet.Offer(SomeDocument.Of(n));
        await outlet.FlushAsync(CancellationToken.None);
        sink.Repair();

        Assert.Equal(1, sink.Tries);
        await PassingTimeAsync(() => sink.Arrived.Count == 5);
        outlet.Offer(SomeDocument.Of(6));
        await outlet.FlushAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 6).Select(SomeDocument.Id), sink.Arrived.Order(StringComparer.Ordinal));
        Assert.Equal(new SinkCounts("scripted", Sent: 6, Resent: 5, Failed: 1, Refused: 0, Dropped: 0, Waiting: 0, Spooled: 0, Sending: false), outlet.Counts);
        Assert.Contains(logger.Lines, line => line.Id == 5101);
    }

    [Fact]
    public async Task Offer_ASinkThatGoesOnFailing_IsTriedLessAndLess()
    {
        var tries = new ConcurrentQueue<DateTimeOffset>();
        sink.Before = (_, _) =>
        {
            tries.Enqueue(clock.GetUtcNow());
            throw new IOException("connection refused");
        };
        var outlet = Open();
        outlet.Offer(SomeDocument.Of(1));
        await outlet.FlushAsync(CancellationToken.None);

        await PassingTimeAsync(() => tries.Count >= 5);

        var pauses = tries.Zip(tries.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        Assert.All([5, 10, 20, 40], (least, index) => Assert.True(pauses[index] >= least, $"pause {index} took {pauses[index]} s"));
    }

    [Fact]
    public async Task Offer_TheOtherSideAsksForTime_IsLeftAloneForThatLong()
    {
        sink.Before = (_, _) => throw new ReportNotSentException("429") { RetryAfter = TimeSpan.FromMinutes(2) };
        var outlet = Open();
        outlet.Offer(SomeDocument.Of(1));
        await outlet.FlushAsync(CancellationToken.None);
        sink.Repair();

        clock.Advance(TimeSpan.FromSeconds(110));
        outlet.Offer(SomeDocument.Of(2));
        await outlet.FlushAsync(CancellationToken.None);

        Assert.Equal(1, sink.Tries);
        await PassingTimeAsync(() => sink.Arrived.Count == 2);
    }

    [Fact]
    public async Task Offer_AReportThatIsRefused_IsNotKept()
    {
        sink.Before = (_, _) => throw new ReportNotSentException("400 Bad Request") { Refused = true };
        var outlet = Open();

        outlet.Offer(SomeDocument.Of(1));
        await outlet.FlushAsync(CancellationToken.None);

        Assert.Equal(new SinkCounts("scripted", Sent: 0, Resent: 0, Failed: 0, Refused: 1, Dropped: 0, Waiting: 0, Spooled: 0, Sending: false), outlet.Counts);
    }

    [Fact]
    public async Task Offer_OneReportThatAlwaysFails_DoesNotHoldUpTheOthers()
    {
        sink.Break();
        var outlet = Open();
        for (var n = 1; n <= 4; n++)
            outlet.Offer(SomeDocument.Of(n));
        await outlet.FlushAsync(CancellationToken.None);

        sink.Before = (report, _) => string.Equals(report.Id, SomeDocument.Id(1), StringComparison.Ordinal) ? throw new IOException("500") : Task.CompletedTask;
        await PassingTimeAsync(() => sink.Arrived.Count == 3);

        Assert.Equal([2, 3, 4], sink.Arrived.Select(id => int.Parse(id[..8], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(1, outlet.Counts.Spooled);
    }

    [Fact]
    public async Task Offer_MoreThanTheSpoolHolds_DropsTheOldest_AndCounts()
    {
        sink.Break();
        var outlet = Open(options => options with { Spool = options.Spool! with { MaxReports = 10 } });

        for (var n = 1; n <= 25; n++)
        {
            outlet.Offer(SomeDocument.Of(n));
            await outlet.FlushAsync(CancellationToken.None);
        }

        Assert.Equal(10, outlet.Counts.Spooled);
        Assert.Equal(15, outlet.Counts.Dropped);
    }

    [Fact]
    public async Task Offer_ASinkThatHangs_NeverBlocks_AndMemoryIsBounded()
    {
        sink.Before = (_, cancelled) => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancelled);
        var outlet = Open(options => options with { QueueLimit = 10 });

        for (var n = 1; n <= 1000; n++)
            outlet.Offer(SomeDocument.Of(n));

        Assert.InRange(outlet.Counts.Waiting, 10, 11);
        Assert.InRange(outlet.Counts.Dropped, 989, 990);
    }

    [Fact]
    public async Task Offer_ASinkThatHangs_IsGivenUpAfterItsTimeLimit_AndEverythingIsSpooled()
    {
        sink.Before = (_, cancelled) => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancelled);
        var outlet = Open();
        outlet.Offer(SomeDocument.Of(1));
        outlet.Offer(SomeDocument.Of(2));

        await PassingTimeAsync(() => outlet.Counts.Spooled == 2);

        Assert.Equal(1, outlet.Counts.Failed);
        Assert.Equal(0, outlet.Counts.Waiting);
    }

    [Fact]
    public async Task Offer_ASinkThatIgnoresItsToken_IsNotAskedAgainBeforeItHasEnded()
    {
        var ends = new TaskCompletionSource();
        sink.Before = (_, _) => ends.Task;
        var outlet = Open();
        outlet.Offer(SomeDocument.Of(1));
        await PassingTimeAsync(() => outlet.Counts.Spooled == 1);

        for (var minute = 0; minute < 30; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal(1, sink.Tries);
        ends.SetResult();
        sink.Repair();
        await PassingTimeAsync(() => outlet.Counts.Spooled == 0);
    }

    [Fact]
    public async Task FlushAsync_Cancelled_PutsWhatIsLeftIntoTheSpool()
    {
        sink.Before = (_, cancelled) => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancelled);
        var outlet = Open();
        for (var n = 1; n <= 5; n++)
            outlet.Offer(SomeDocument.Of(n));
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(20), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outlet.FlushAsync(limit.Token));

        await Eventually.HoldsAsync(() => outlet.Counts is { Spooled: 5, Waiting: 0 }, "everything is in the spool");
    }

    [Fact]
    public async Task FlushAsync_WhileASinkHangs_PutsEverythingIntoTheSpoolAtOnce_AndTakesOutWhatIsSentAfterAll()
    {
        var answers = new TaskCompletionSource();
        sink.Before = (_, cancelled) => answers.Task.WaitAsync(cancelled);
        var outlet = Open();
        for (var n = 1; n <= 5; n++)
            outlet.Offer(SomeDocument.Of(n));

        var flushed = outlet.FlushAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Directory.GetFiles(folder["spool"], "*.json").Length == 5, "a process that is killed now leaves them behind");
        answers.SetResult();
        await flushed;

        Assert.Equal(Enumerable.Range(1, 5).Select(SomeDocument.Id), sink.Arrived);
        Assert.Equal(new SinkCounts("scripted", Sent: 5, Resent: 0, Failed: 0, Refused: 0, Dropped: 0, Waiting: 0, Spooled: 0, Sending: false), outlet.Counts);
        Assert.Empty(Directory.GetFiles(folder["spool"], "*.json"));
    }

    [Fact]
    public async Task FlushAsync_CancelledBefore_TheOutletWorksOn()
    {
        sink.Before = (_, cancelled) => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancelled);
        var outlet = Open();
        outlet.Offer(SomeDocument.Of(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outlet.FlushAsync(new CancellationToken(canceled: true)));
        sink.Repair();

        await PassingTimeAsync(() => outlet.Counts is { Spooled: 0, Sent: 1 });
    }

    [Fact]
    public async Task DisposeAsync_WhatWasNotSent_IsSentByTheNextProcess_OnceEach()
    {
        sink.Before = (_, cancelled) => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancelled);
        var outlet = Open();
        for (var n = 1; n <= 5; n++)
            outlet.Offer(SomeDocument.Of(n));
        await outlet.DisposeAsync();
        Assert.Equal(5, outlet.Counts.Spooled);

        sink.Repair();
        var next = Open();

        await Eventually.HoldsAsync(() => sink.Arrived.Count == 5 && next.Counts.Spooled == 0, "the next process sends them at its start");
        Assert.Equal(Enumerable.Range(1, 5).Select(SomeDocument.Id), sink.Arrived);
    }

    [Fact]
    public async Task Open_TwoProcessesWithOneSpool_SendEachReportOnce()
    {
        sink.Break();
        var first = Open();
        for (var n = 1; n <= 20; n++)
            first.Offer(SomeDocument.Of(n));
        await first.FlushAsync(CancellationToken.None);
        var second = Open();
        sink.Repair();

        await PassingTimeAsync(() => Directory.GetFiles(folder["spool"], "*.json").Length == 0);

        Assert.Equal(Enumerable.Range(1, 20).Select(SomeDocument.Id), sink.Arrived.Order(StringComparer.Ordinal));
        Assert.Equal(20, first.Counts.Resent + second.Counts.Resent);
    }

    [Fact]
    public async Task Open_AnUnreadableFileInTheSpool_IsToldOnce_AndTheOthersAreSent()
    {
        new ReportFolder(new ReportFolderOptions(folder["spool"])).Add(SomeDocument.Of(2));
        await File.WriteAllTextAsync(Path.Combine(folder["spool"], SomeDocument.Id(1) + ".json"), "{ half a rep");

        Open();

        await PassingTimeAsync(() => sink.Arrived.Count == 1);
        Assert.Single(logger.Lines, line => line.Id == 5111);
    }

    [Fact]
    public async Task Open_ASpoolThatCannotBeUsed_IsTold_AndTheSinkStillGetsReports()
    {
        await File.WriteAllTextAsync(folder["spool"], "a file in the way");
        var outlet = Open();

        outlet.Offer(SomeDocument.Of(1));
        await outlet.FlushAsync(CancellationToken.None);

        Assert.Single(sink.Arrived);
        Assert.Contains(logger.Lines, line => line.Id == 5110);
    }

    [Fact]
    public async Task Offer_WhatTheSinkDoesNotTake_IsLeftOut()
    {
        var outlet = Open(options => options with { Takes = report => report.Kind == ReportKind.Final });

        outlet.Offer(SomeDocument.Of(1, ReportKind.Retry));
        outlet.Offer(SomeDocument.Of(2, ReportKind.Final));
        await outlet.FlushAsync(CancellationToken.None);

        Assert.Equal([SomeDocument.Id(2)], sink.Arrived);
    }

    public async ValueTask DisposeAsync()
    {
        sink.Repair();
        foreach (var outlet in outlets)
            await outlet.DisposeAsync();
        folder.Dispose();
    }

    private Outlet Open(Func<OutletOptions, OutletOptions>? change = null)
    {
        var options = new OutletOptions { Spool = new ReportFolderOptions(folder["spool"]) };
        var outlet = new Outlet(sink, change?.Invoke(options) ?? options, clock, () => 0.5, logger);
        outlets.Add(outlet);
        return outlet;
    }

    private Task PassingTimeAsync(Func<bool> condition) => Eventually.HoldsAsync(
        () =>
        {
            if (condition())
                return true;
            clock.Advance(TimeSpan.FromSeconds(1));
            return false;
        },
        "it happens in time");
}
