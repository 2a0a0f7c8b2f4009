using Mayhem.Ledger;
using Mayhem.Observation;

namespace Mayhem.Scenarios.LockRenewal;

public class When_renewals_fail_until_the_deadline
{
    [Fact]
    public async Task The_lock_is_lost_the_handler_cancelled_and_the_next_delivery_goes_on_with_the_same_restart()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        app.Wire.Fail(WireOperation.Renew, times: 1000);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        app.Clock.Advance(TimeSpan.FromSeconds(20));
        for (var tries = 1; tries <= 9; tries++)
        {
            // The line, not the call: only when the failure is known, the time of the next try is.
            await app.HappensAsync(() => app.Logs.Lines.Count(line => line.Contains("could not be renewed", StringComparison.Ordinal)) == tries, "a renewal has failed");
            Assert.Equal(0, app.Counters[ProcessingEvent.LockLost]);
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.HappensAsync(() => app.Invocations.Count == 2, "both deliveries have ended");
        await app.QuietAsync();

        Assert.Equal(1, app.Counters[ProcessingEvent.LockLost]);
        Assert.Equal(["Complete r1#2"], app.Wire.Settlements);
        Assert.Equal(1, app.Queue.Counters.LockExpired);
        Assert.Single(app.Target.Issued);
        Assert.Single(app.Target.Restarted);
        var entry = await app.EntryAsync("r1");
        Assert.Equal((RestartState.Restarted, 1), (entry!.State, entry.Attempts));
        Assert.Equal(1, await app.Ledger.CountUnsettledAsync("r1#1", CancellationToken.None));
        Assert.Empty(app.Reporter.Reports);
    }
}
