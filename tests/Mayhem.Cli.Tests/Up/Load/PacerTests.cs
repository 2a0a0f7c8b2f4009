using Mayhem.Cli.Up.Load;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.Up.Load;

public class PacerTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task WaitAsync_NoRate_NeverWaits()
    {
        var pacer = new Pacer(null, clock);
        for (var step = 0; step < 1000; step++)
            await pacer.WaitAsync(CancellationToken.None);
        Assert.Equal(0, clock.TimerCount);
    }

    [Fact]
    public async Task WaitAsync_TwoASecond_IsDueEveryHalfSecond()
    {
        var pacer = new Pacer(2, clock);
        await pacer.WaitAsync(CancellationToken.None);

        var second = pacer.WaitAsync(CancellationToken.None).AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await second;
    }

    [Fact]
    public async Task WaitAsync_AfterAHoldUp_CatchesUp()
    {
        var pacer = new Pacer(1, clock);
        clock.Advance(TimeSpan.FromSeconds(3));
        for (var step = 0; step < 4; step++)
            Assert.True(pacer.WaitAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);

        var fifth = pacer.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(fifth.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await fifth;
    }

    [Fact]
    public async Task WaitAsync_OneInAMonth_IsWaitedFor()
    {
        var pacer = new Pacer(1 / (30d * 24 * 3600), clock);
        await pacer.WaitAsync(CancellationToken.None);

        var second = pacer.WaitAsync(CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => clock.TimerCount == 1, "the pacer waits");
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        var pacer = new Pacer(1, clock);
        await pacer.WaitAsync(stop.Token);

        var second = pacer.WaitAsync(stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }
}
