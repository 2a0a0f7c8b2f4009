using Mayhem.Shutdown;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Shutdown;

public sealed class DrainGateTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private readonly ManualTimeProvider clock = new();
    private readonly DrainGate gate;

    public DrainGateTests() => gate = new DrainGate(clock);

    public void Dispose() => gate.Dispose();

    [Fact]
    public async Task DrainAsync_NothingInFlight_EndsAtOnceAndCancelsNothing()
    {
        Assert.Equal(new DrainResult(0, 0, 0, TimeSpan.Zero), await gate.DrainAsync(Grace, CancellationToken.None));
        Assert.True(gate.IsDraining);
        Assert.False(gate.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task TryEnter_AfterTheDrainBegan_IsRefused()
    {
        Assert.True(gate.TryEnter(out var first));
        var drain = gate.DrainAsync(Grace, CancellationToken.None);
        Assert.False(gate.TryEnter(out var refused));
        refused.Dispose();
        Assert.Equal(1, gate.InFlight);
        first.Dispose();
        Assert.Equal(1, (await drain).Finished);
        Assert.False(gate.TryEnter(out _));
    }

    [Fact]
    public async Task DrainAsync_HandlersEndWithinTheGrace_AreNotCancelled()
    {
        gate.TryEnter(out var one);
        gate.TryEnter(out var other);
        var drain = gate.DrainAsync(Grace, CancellationToken.None);
        one.Dispose();
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(drain.IsCompleted);
        other.Dispose();
        Assert.Equal(new DrainResult(2, 0, 0, TimeSpan.FromSeconds(19)), await drain);
        Assert.False(gate.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task DrainAsync_GraceRunsOut_CancelsWhatIsLeftAndWaitsForIt()
    {
        gate.TryEnter(out var quick);
        gate.TryEnter(out var slow);
        var drain = gate.DrainAsync(Grace, CancellationToken.None);
        quick.Dispose();
        clock.Advance(Grace);
        await Eventually.HoldsAsync(() => gate.Stopping.IsCancellationRequested, "what is left is cancelled");
        slow.Dispose();
        Assert.Equal(new DrainResult(1, 1, 0, Grace), await drain);
    }

    [Fact]
    public async Task DrainAsync_HandlerIgnoresItsCancellation_IsLeftAfterTheSettleTime()
    {
        gate.TryEnter(out _);
        var drain = gate.DrainAsync(Grace, CancellationToken.None);
        clock.Advance(Grace);
        await Eventually.HoldsAsync(() => gate.Stopping.IsCancellationRequested && clock.TimerCount == 1, "the settle time runs");
        clock.Advance(gate.SettleTime);
        Assert.Equal(new DrainResult(0, 0, 1, Grace + gate.SettleTime), await drain);
    }

    [Fact]
    public async Task DrainAsync_StoppingRegistrationBlocks_DoesNotHoldItUp()
    {
        using var blocked = new ManualResetEventSlim();
        gate.TryEnter(out var ticket);
        await using var blocking = gate.Stopping.Register(blocked.Wait);
        var drain = gate.DrainAsync(TimeSpan.Zero, CancellationToken.None);
        await Eventually.HoldsAsync(() => gate.Stopping.IsCancellationRequested, "what is left is cancelled");
        ticket.Dispose();
        Assert.Equal(1, (await drain).Cancelled);
        blocked.Set();
    }

    [Fact]
    public async Task DrainAsync_CalledAgain_JoinsTheDrainUnderWay()
    {
        gate.TryEnter(out var ticket);
        var drain = gate.DrainAsync(Grace, CancellationToken.None);
        var joined = gate.DrainAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.False(gate.Stopping.IsCancellationRequested);
        ticket.Dispose();
        Assert.Same(await drain, await joined);
    }

    [Fact]
    public async Task DrainAsync_CancelledByItsCaller_CutsTheGraceShort()
    {
        using var impatience = new CancellationTokenSource();
        gate.TryEnter(out var ticket);
        var drain = gate.DrainAsync(Timeout.InfiniteTimeSpan, impatience.Token);
        await impatience.CancelAsync();
        await Eventually.HoldsAsync(() => gate.Stopping.IsCancellationRequested, "what is left is cancelled");
        ticket.Dispose();
        Assert.Equal(new DrainResult(0, 1, 0, TimeSpan.Zero), await drain);
    }

    [Fact]
    public async Task DrainAsync_WhileManyEnterAndLeave_LetsNobodyInAfterItsEnd()
    {
        for (var round = 0; round < 40; round++)
        {
            using var raced = new DrainGate(TimeProvider.System);
            var ended = false;
            var late = 0;
            var admitted = 0;
            var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (raced.TryEnter(out var ticket))
                {
                    if (Volatile.Read(ref ended))
                        Interlocked.Increment(ref late);
                    Interlocked.Increment(ref admitted);
                    ticket.Dispose();
                }
            })).ToArray();
            await Eventually.HoldsAsync(() => Volatile.Read(ref admitted) > round, "work is admitted");
            var result = await raced.DrainAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
            Assert.Equal((0, 0), (result.Left, raced.InFlight));
            Volatile.Write(ref ended, true);
            await Task.WhenAll(workers);
            Assert.Equal(0, late);
        }
    }
}
