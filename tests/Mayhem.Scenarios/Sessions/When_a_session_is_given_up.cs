using Mayhem.Local.Broker;
using Mayhem.Observation;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Sessions;

public class When_a_session_is_given_up
{
    private static readonly QueueOptions Sessions = new() { RequiresSession = true };

    [Fact]
    public async Task By_a_lost_lock_the_handler_is_cancelled_and_the_message_comes_first_again()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Queue = Sessions });
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        app.Wire.Fail(WireOperation.Renew, times: 15);
        await app.SendAsync("a1", "web-1");
        await app.SendAsync("a2", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");
        await app.SettledAsync();

        Assert.Equal(1, app.Counters[ProcessingEvent.LockLost]);
        Assert.Equal(["Complete a1#2", "Complete a2#1"], app.Wire.Settlements);
        Assert.Equal(2, app.Target.Issued.Count);
        Assert.Empty(app.Reporter.Reports);
    }

    [Fact]
    public async Task By_a_stop_the_next_worker_can_have_it_at_once()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:01")) with { Queue = Sessions });
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("a1", "web-1");
        await app.SendAsync("a2", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");
        await app.StopWorkerAsync();

        Assert.Equal(["Abandon a1#1"], app.Wire.Settlements);
        Assert.Equal(1, app.Wire.Count(WireOperation.Release));
        var session = await app.Queue.AcceptSessionAsync("web-1", CancellationToken.None);
        await app.Queue.ReleaseSessionAsync(session.LockToken, CancellationToken.None);
        await app.StartWorkerAsync();
        await app.SettledAsync();

        Assert.Equal(["Abandon a1#1", "Complete a1#2", "Complete a2#1"], app.Wire.Settlements);
        Assert.Equal(2, app.Target.Issued.Count);
    }

    [Fact]
    public async Task Because_a_settlement_failed_the_message_comes_first_again()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Queue = Sessions });
        app.Wire.Fail(WireOperation.Complete);
        await app.SendAsync("a1", "web-1");
        await app.SendAsync("a2", "web-1");
        await app.SettledAsync();

        Assert.Equal(["Complete a1#1", "Complete a1#2", "Complete a2#1"], app.Wire.Settlements);
        Assert.Equal(1, app.Wire.Count(WireOperation.Release));
        Assert.Equal(["a1", "a2"], app.Target.Restarted.Select(order => order.Request.RequestId));
    }

    [Fact]
    public async Task By_nothing_a_dead_letter_lets_it_go_on()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Queue = Sessions });
        app.Target.Fail("web-1", () => new RestartDeniedException("not that one"));
        await app.SendAsync("a1", "web-1");
        await app.SendAsync("a2", "web-1");
        await app.SettledAsync();

        Assert.Equal(["DeadLetter a1#1", "Complete a2#1"], app.Wire.Settlements);
        Assert.Equal(0, app.Wire.Count(WireOperation.Release));
    }
}
