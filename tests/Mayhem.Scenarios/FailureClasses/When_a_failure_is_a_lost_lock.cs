using Mayhem.Observation;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_a_lost_lock
{
    [Fact]
    public async Task The_handler_is_cancelled_the_message_left_alone_and_the_loss_is_on_record()
    {
        await using var app = await MayhemApp.StartAsync();
        var cancelled = false;
        app.Target.OnWatch("web-1", async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled = token.IsCancellationRequested;
            throw new TimeoutException("whatever the handler says now, it is not heard");
        });
        app.Wire.Fail(WireOperation.Renew, times: 100);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.HappensAsync(() => app.Invocations.Count == 2, "both deliveries have ended");
        await app.QuietAsync();

        Assert.True(cancelled);
        Assert.Equal(["Complete r1#2"], app.Wire.Settlements);
        Assert.Equal((1L, 0L), (app.Counters[ProcessingEvent.LockLost], app.Counters[ProcessingEvent.RetriedNow]));
        Assert.Equal(1, await app.Ledger.CountUnsettledAsync("r1#1", CancellationToken.None));
        Assert.Empty(app.Reporter.Reports);
        Assert.Single(app.Target.Issued);
    }
}
