using Mayhem.Local.Broker;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Sessions;

public class When_a_session_waits_for_a_retry
{
    private static readonly QueueOptions Sessions = new() { RequiresSession = true, LockDuration = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task It_waits_in_place_with_its_lock_renewed_and_other_hosts_go_on()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Groups:throttled", "web-1")) with { Queue = Sessions });
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(20)), times: 2);
        await app.SendAsync("a1", "web-1");
        await app.HappensAsync(() => app.Target.Tries == 1, "the first is throttled");
        await app.SendAsync("a2", "web-1");
        await app.SendAsync("b1", "web-2");
        await app.HappensAsync(() => app.Target.Restarted.Count == 1, "the other host is restarted meanwhile");
        await app.SettledAsync();

        Assert.Equal(["b1", "a1", "a2"], app.Target.Restarted.Select(order => order.Request.RequestId));
        Assert.Equal(["Complete b1#1", "Complete a1#1", "Complete a2#1"], app.Wire.Settlements);
        Assert.All(app.Wire.Calls.Where(call => call.Operation == WireOperation.Renew), renewal => Assert.Equal("web-1", renewal.MessageId));
        Assert.InRange(app.Wire.Count(WireOperation.Renew), 40 / 5, 40 / 2);
        Assert.Equal(0, app.Queue.Counters.LockExpired);
    }

    [Fact]
    public async Task A_wait_longer_than_its_lock_may_be_held_takes_some_deliveries_and_no_attempts_and_keeps_time_and_order()
    {
        await using var app = await MayhemApp.StartAsync(
            MayhemAppOptions.With(("Mayhem:Locks:MaxLockDuration", "00:00:20")) with { Queue = Sessions });
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(25)));
        await app.SendAsync("a1", "web-1");
        await app.SendAsync("a2", "web-1");
        var began = app.Time.GetTimestamp();
        await app.UntilAsync(() => !app.Target.Restarted.IsEmpty, "the first is carried out");

        // Half of the longest time is kept for the attempt, so 25 s are waited for as 10 + 10 + 5.
        Assert.InRange(app.Time.GetElapsedTime(began), TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(27));
        await app.SettledAsync();
        Assert.Equal(["Abandon a1#1", "Abandon a1#2", "Abandon a1#3", "Complete a1#4", "Complete a2#1"], app.Wire.Settlements);
        Assert.Equal(["a1", "a2"], app.Target.Restarted.Select(order => order.Request.RequestId));
        Assert.Equal(3, app.Target.Tries);
        Assert.Single(app.Reporter.Reports);
    }

    [Fact]
    public async Task Where_reordering_is_allowed_it_becomes_a_copy_in_its_session_and_is_overtaken()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Retry:ReorderSessions", "true"), ("Mayhem:Breaker:MaxSharedDelay", "00:00:00")) with { Queue = Sessions });
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(20)));
        await app.SendAsync("a1", "web-1");
        await app.SendAsync("a2", "web-1");
        await app.QuietAsync();

        var copy = Assert.Single(app.Messages());
        Assert.Equal(("web-1", "a1"), (copy.Content.SessionId, copy.Properties[MessageProperties.RootId]));
        await app.SettledAsync();
        Assert.Equal(["Schedule a1:r1#0", "Complete a1#1", "Complete a2#1", "Complete a1:r1#1"], app.Wire.Settlements);
    }

    [Fact]
    public async Task A_stop_cuts_the_wait_short_and_the_next_worker_waits_for_the_rest_of_it()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:00")) with { Queue = Sessions });
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(20)));
        await app.SendAsync("a1", "web-1");
        await app.SendAsync("a2", "web-1");
        await app.HappensAsync(() => app.Target.Tries == 1, "the first is throttled");
        var began = app.Time.GetTimestamp();
        await app.StopWorkerAsync();
        await app.StartWorkerAsync();
        await app.UntilAsync(() => !app.Target.Restarted.IsEmpty, "the first is carried out");

        Assert.InRange(app.Time.GetElapsedTime(began), TimeSpan.FromSeconds(19.9), TimeSpan.FromSeconds(22));
        await app.SettledAsync();
        Assert.Equal(["Abandon a1#1", "Complete a1#2", "Complete a2#1"], app.Wire.Settlements);
    }
}
