using Mayhem.Observation;

namespace Mayhem.Scenarios.OneVerdict;

public class When_the_lock_is_lost_nothing_is_settled
{
    [Fact]
    public async Task Also_when_the_handler_has_ended_well_in_the_end()
    {
        await using var app = await MayhemApp.StartAsync();
        var watched = new TaskCompletionSource();
        app.Target.OnWatch("web-1", _ => watched.Task);
        app.Wire.Fail(WireOperation.Renew, times: 100);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.HappensAsync(() => app.Counters[ProcessingEvent.LockLost] == 1 && app.Invocations.Count == 1, "the lock is lost and the second delivery has ended");
        watched.SetResult();
        await app.QuietAsync();

        Assert.Equal(["Complete r1#2"], app.Wire.Settlements);
        Assert.All(app.Invocations, invocation => Assert.Null(invocation.Failure));
        Assert.Equal(1, await app.Ledger.CountUnsettledAsync("r1#1", CancellationToken.None));
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Warning 1002: Message r1: hands off: the lock is lost", StringComparison.Ordinal));
        Assert.Empty(app.Reporter.Reports);
        Assert.Single(app.Target.Issued);
    }
}
