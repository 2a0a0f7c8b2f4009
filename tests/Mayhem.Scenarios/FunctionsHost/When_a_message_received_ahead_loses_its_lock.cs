using Mayhem.Ledger;
using Mayhem.Observation;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_a_message_received_ahead_loses_its_lock
{
    [Fact]
    public async Task It_is_not_started_when_its_turn_comes_and_is_carried_out_by_its_next_delivery()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            HostJson = """
                { "version": "2.0", "extensions": { "serviceBus": { "maxConcurrentCalls": 1, "prefetchCount": 1, "maxAutoLockRenewalDuration": "00:00:00" } } }
                """,
        });
        app.Target.OnWatch("slow", token => Task.Delay(app.Queue.Options.LockDuration * 2, app.Time, token));
        await app.SendAsync("r1", "slow");
        await app.HappensAsync(() => app.Target.Watched == 1, "the slow restart is watched");

        await app.SendAsync("r2", "web-1");
        await app.HappensAsync(() => app.Queue.Counts.Locked == 2, "the second message is received ahead");
        Assert.Equal(1, app.Host.InFlight);
        await app.SettledAsync();

        Assert.Equal([("r1", 1), ("r2", 1), ("r2", 2)], app.Invocations.Select(invocation => (invocation.MessageId, invocation.DeliveryCount)));
        Assert.Equal(["slow", "web-1"], app.Target.Issued.Select(order => order.Request.Host));
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r2"))!.State);
        Assert.True(app.Counters[ProcessingEvent.LockRenewed] >= 2);
        Assert.Equal(1, app.Queue.Counters.LockExpired);
        Assert.Empty(app.DeadLetters());
    }
}
