using Mayhem.Cli.Up;
using Mayhem.Local.Broker;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.Up;

public class SettledWatcherTests
{
    private static readonly QueueCounts Empty = new(0, 0, 0, 0, DeadLettered: 7);
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task WaitAsync_OnlyDeadLettersLeft_ReturnsAtOnce() =>
        await new SettledWatcher(() => Empty, clock).WaitAsync(CancellationToken.None);

    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(0, 0, 0, 1)]
    public async Task WaitAsync_AnythingLeft_WaitsUntilItIsGone(long active, long locked, long scheduled, long deferred)
    {
        var counts = new QueueCounts(active, locked, scheduled, deferred, DeadLettered: 0);
        var waiting = new SettledWatcher(() => counts, clock).WaitAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);

        counts = Empty;

        clock.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new SettledWatcher(() => Empty with { Scheduled = 1 }, clock).WaitAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
