using Mayhem.Ledger;
using Mayhem.Observation;

namespace Mayhem.Scenarios.LockRenewal;

public class When_handling_takes_longer_than_the_lock
{
    [Fact]
    public async Task The_lock_is_renewed_ten_seconds_before_each_end_and_the_message_completed_by_its_first_delivery()
    {
        await using var app = await MayhemApp.StartAsync();
        var watched = new TaskCompletionSource();
        app.Target.OnWatch("web-1", token => watched.Task.WaitAsync(token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        for (var renewals = 1; renewals <= 6; renewals++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(19));
            Assert.Equal(renewals - 1, app.Wire.Count(WireOperation.Renew));
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.HappensAsync(() => app.Counters[ProcessingEvent.LockRenewed] == renewals, "the lock is renewed");
        }
        watched.SetResult();
        await app.QuietAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Equal((6, 0, 1), (app.Wire.Count(WireOperation.Renew), app.Queue.Counters.LockExpired, app.Queue.Counters.Delivered));
        Assert.Equal(0, app.Counters[ProcessingEvent.LockLost]);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task It_is_renewed_too_while_a_retry_is_waited_for_in_place()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(
            ("Mayhem:Retry:InPlaceLimit", "00:05:00"), ("Mayhem:Failures:TimeoutException:Delay", "00:00:45")));
        app.Target.Fail("web-1", () => new TimeoutException("no answer"));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Counters[ProcessingEvent.RetriedNow] == 1, "the retry is decided");

        for (var renewals = 1; renewals <= 2; renewals++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(20));
            await app.HappensAsync(() => app.Counters[ProcessingEvent.LockRenewed] == renewals, "the lock is renewed");
        }
        await app.SettledAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Equal((2, 0), (app.Target.Tries, app.Queue.Counters.LockExpired));
    }

    [Fact]
    public async Task A_jump_of_the_wall_clock_changes_nothing()
    {
        await using var app = await MayhemApp.StartAsync();
        var watched = new TaskCompletionSource();
        app.Target.OnWatch("web-1", token => watched.Task.WaitAsync(token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        app.Clock.JumpWallClock(TimeSpan.FromHours(2));
        app.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(0, app.Wire.Count(WireOperation.Renew));
        app.Clock.JumpWallClock(TimeSpan.FromHours(-5));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.HappensAsync(() => app.Counters[ProcessingEvent.LockRenewed] == 1, "the lock is renewed");
        watched.SetResult();
        await app.QuietAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
    }
}
