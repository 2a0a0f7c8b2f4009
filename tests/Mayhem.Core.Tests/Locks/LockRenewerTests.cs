using Mayhem.Locks;
using Mayhem.Observation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Locks;

public sealed class LockRenewerTests : IDisposable
{
    private readonly RenewerBench bench = new();
    private int calls;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Hold_HandlerTakesLong_RenewsAgainAndAgain()
    {
        await using var held = bench.Hold(30, Succeed);
        for (var second = 0; second < 300; second++)
            bench.Advance(1);
        Assert.Equal(15, calls);
        Assert.Equal((LockState.Held, LockEnd.None, 15), (held.State, held.End, held.Renewals));
        Assert.Equal(15, bench.Counters[ProcessingEvent.LockRenewed]);
    }

    [Fact]
    public async Task Hold_LessThan400MillisecondsLeft_RenewsAtOnce()
    {
        await using var held = bench.Renewer.Hold("m-1", TimeSpan.FromMilliseconds(399), TimeSpan.FromSeconds(30), Succeed);
        bench.Renewer.RunDue();
        Assert.Equal(1, held.Renewals);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Hold_LockAlreadyExpired_IsLostFromTheBeginning(int seconds)
    {
        var held = bench.Renewer.Hold("m-1", TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(30), Succeed);
        bench.Advance(60);
        Assert.Equal((LockState.Lost, LockEnd.Lost, true), (held.State, held.End, held.Token.IsCancellationRequested));
        Assert.Equal((0, 1L, 0), (calls, bench.Counters[ProcessingEvent.LockLost], bench.Renewer.Count));
    }

    [Fact]
    public async Task Renewal_FailsOnce_IsUnknownAndThenHeldAgain()
    {
        await using var held = bench.Hold(30, _ => ++calls == 1 ? Task.FromException(new InvalidOperationException("gone?")) : Task.CompletedTask);
        bench.Advance(20);
        Assert.Equal(LockState.Unknown, held.State);
        Assert.False(held.Token.IsCancellationRequested);
        bench.Advance(1);
        Assert.Equal((LockState.Held, 2), (held.State, calls));
    }

    [Fact]
    public void Renewal_ThrowsSynchronouslyUntilTheEnd_IsTriedAgainAndLostAtTheDeadlineOnly()
    {
        var held = bench.Hold(30, _ =>
        {
            calls++;
            throw new InvalidOperationException("no");
        });
        bench.Advance(20);
        for (var tick = 0; tick < 999; tick++)
            bench.Advance(0.01);
        Assert.Equal(LockState.Unknown, held.State);
        Assert.InRange(calls, 9, 30);
        bench.Advance(0.01);
        Assert.Equal((LockState.Lost, LockEnd.Lost), (held.State, held.End));
        Assert.True(held.Token.IsCancellationRequested);
        Assert.Equal(1, bench.Counters[ProcessingEvent.LockLost]);
    }

    [Fact]
    public async Task Renewal_Hangs_HoldsUpNoOtherLock()
    {
        var hanging = bench.Hold(30, _ => new TaskCompletionSource().Task);
        await using var other = bench.Hold(30, Succeed);
        for (var second = 0; second < 31; second++)
            bench.Advance(1);
        Assert.Equal((LockState.Lost, LockState.Held), (hanging.State, other.State));
    }

    [Fact]
    public async Task Renewal_AnswersLate_CountsFromTheStartOfItsCall()
    {
        var answer = new TaskCompletionSource();
        var held = bench.Hold(30, _ => ++calls == 1 ? answer.Task : new TaskCompletionSource().Task);
        bench.Advance(20);
        Assert.Equal(LockState.Renewing, held.State);
        bench.Advance(9);
        answer.SetResult();
        Assert.Equal(LockState.Held, held.State);
        bench.Advance(20.9);
        Assert.NotEqual(LockState.Lost, held.State);
        bench.Advance(0.1);
        Assert.Equal(LockState.Lost, held.State);
        await held.DisposeAsync();
    }

    [Fact]
    public async Task Ceiling_HandlerNeverReturns_CancelsItAndStopsRenewing()
    {
        using var short_ = new RenewerBench(new LockOptions { MaxLockDuration = TimeSpan.FromSeconds(65) });
        await using var held = short_.Hold(30, Succeed);
        for (var second = 0; second < 65; second++)
            short_.Advance(1);
        Assert.Equal((LockState.Held, LockEnd.CeilingReached, 3), (held.State, held.End, calls));
        Assert.True(held.Token.IsCancellationRequested);
        for (var second = 0; second < 60; second++)
            short_.Advance(1);
        Assert.Equal((LockState.Lost, LockEnd.CeilingReached, 3), (held.State, held.End, calls));
        Assert.Equal(0, short_.Renewer.Count);
    }

    [Fact]
    public async Task DisposeAsync_NoRenewalUnderWay_EndsAtOnceAndForGood()
    {
        var held = bench.Hold(30, Succeed);
        var ended = held.DisposeAsync();
        Assert.True(ended.IsCompletedSuccessfully);
        await ended;
        bench.Advance(60);
        Assert.Equal((0, 0, false), (calls, bench.Renewer.Count, held.Token.IsCancellationRequested));
        await held.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_RenewalUnderWay_CancelsItAndWaitsForItsEnd()
    {
        var answer = new TaskCompletionSource();
        var renewal = CancellationToken.None;
        var held = bench.Hold(30, token =>
        {
            renewal = token;
            return answer.Task;
        });
        bench.Advance(20);
        var ended = held.DisposeAsync().AsTask();
        Assert.True(renewal.IsCancellationRequested);
        Assert.False(ended.IsCompleted);
        answer.SetException(new OperationCanceledException());
        await ended.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        Assert.Equal((LockState.Renewing, false), (held.State, held.Token.IsCancellationRequested));
    }

    [Fact]
    public async Task DisposeAsync_RenewalNeverAnswers_WaitsUntilTheDeadlineAndTellsTheLoss()
    {
        var held = bench.Hold(30, _ => new TaskCompletionSource().Task);
        bench.Advance(20);
        var ended = held.DisposeAsync().AsTask();
        bench.Advance(9.9);
        Assert.False(ended.IsCompleted);
        bench.Advance(0.1);
        await ended.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        Assert.Equal(LockState.Lost, held.State);
    }

    [Fact]
    public async Task Cancellation_HandlersRegistrationBlocks_DoesNotBlockTheRenewer()
    {
        using var blocked = new ManualResetEventSlim();
        var lost = bench.Hold(1, _ => Task.FromException(new InvalidOperationException("no")));
        await using var blocking = lost.Token.Register(blocked.Wait);
        await Task.Run(() => bench.Advance(1)).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        Assert.True(lost.Token.IsCancellationRequested);
        blocked.Set();
    }

    [Fact]
    public async Task Stopping_Fires_CancelsTheHandlersOfLocksHeldAndToComeAndKeepsTheLocks()
    {
        using var stopping = new CancellationTokenSource();
        using var renewer = new LockRenewer(new LockOptions(), bench.Clock, bench.Counters, NullLogger<LockRenewer>.Instance, ownThread: false, stopping.Token);
        await using var held = renewer.Hold("m-1", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Succeed);
        var ended = renewer.Hold("m-2", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Succeed);
        await ended.DisposeAsync();
        await stopping.CancelAsync();
        await using var late = renewer.Hold("m-3", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Succeed);
        Assert.Equal((true, false, true), (held.Token.IsCancellationRequested, ended.Token.IsCancellationRequested, late.Token.IsCancellationRequested));
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        renewer.RunDue();
        Assert.Equal((1, 1, LockEnd.None), (held.Renewals, late.Renewals, held.End));
    }

    [Fact]
    public async Task WallClock_JumpsByDays_ChangesNothing()
    {
        await using var held = bench.Hold(30, Succeed);
        bench.Clock.JumpWallClock(TimeSpan.FromDays(2));
        bench.Advance(1);
        bench.Clock.JumpWallClock(TimeSpan.FromDays(-5));
        bench.Advance(1);
        Assert.Equal((LockState.Held, 0), (held.State, calls));
    }

    [Fact]
    public void Hold_TenThousandLocks_AreAllRenewedAndStaySmall()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var held = Enumerable.Range(0, 10_000).Select(_ => bench.Hold(30, Succeed)).ToList();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10_000, 0, 600);
        bench.Advance(20);
        Assert.Equal((10_000, 10_000), (calls, held.Sum(one => one.Renewals)));
    }

    [Theory]
    [InlineData(400, 1_800, nameof(LockOptions.Duration))]
    [InlineData(301_000, 1_800, nameof(LockOptions.Duration))]
    [InlineData(30_000, 0, nameof(LockOptions.MaxLockDuration))]
    [InlineData(30_000, 90_000, nameof(LockOptions.MaxLockDuration))]
    public void Construction_OptionOutOfRange_NamesIt(int durationMs, int ceilingSeconds, string name)
    {
        var options = new LockOptions { Duration = TimeSpan.FromMilliseconds(durationMs), MaxLockDuration = TimeSpan.FromSeconds(ceilingSeconds) };
        var error = Assert.Throws<ArgumentException>(() => new RenewerBench(options));
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    }

    private Task Succeed(CancellationToken cancellationToken)
    {
        calls++;
        return Task.CompletedTask;
    }
}
