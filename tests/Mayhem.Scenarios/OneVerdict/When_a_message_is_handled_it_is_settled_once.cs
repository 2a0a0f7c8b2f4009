using Mayhem.Local.FunctionsHost;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.OneVerdict;

public class When_a_message_is_handled_it_is_settled_once
{
    [Fact]
    public async Task Each_verdict_makes_one_settlement_of_each_delivery()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Groups:throttled", "later")));
        app.Target.Fail("in-place", () => new RestartFailedException("not this time"));
        app.Target.Fail("later", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(20)));
        app.Target.Fail("never", () => new HostNotFoundException("never"));

        foreach (var host in new[] { "good", "in-place", "later", "never" })
            await app.SendAsync(host, host);
        await app.SendAsync(MayhemApp.Message("poison", "?"));
        await app.SettledAsync();

        Assert.Equal(
            ["Complete good#1", "Complete in-place#1", "Complete later#1", "Complete later:r1#1", "DeadLetter never#1", "DeadLetter poison#1", "Schedule later:r1#0"],
            app.Wire.Settlements.Order(StringComparer.Ordinal));
        Assert.All(app.Invocations, invocation => Assert.Equal(InvocationSettlement.ByFunction, invocation.Settlement));
        Assert.Equal((4, 0, 0), (app.Queue.Counters.Completed, app.Queue.Counters.Abandoned, app.Queue.Counters.LockExpired));
    }

    [Fact]
    public async Task No_cancellation_reaches_the_settlement()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Groups:throttled", "web-2")));
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        app.Target.Fail("web-2", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(20)));
        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r2", "web-2");
        await app.SendAsync("r3", "web-3");
        await app.SendAsync(MayhemApp.Message("r4", "?"));
        await app.HappensAsync(() => app.Invocations.Count == 3, "all but the first have ended");

        await app.Host.CancelInvocationAsync(Assert.Single(app.Host.InFlightInvocations()));
        await app.SettledAsync();

        Assert.Equal(
            ["Abandon r1#1", "Complete r1#2", "Complete r2#1", "Complete r2:r1#1", "Complete r3#1", "DeadLetter r4#1", "Schedule r2:r1#0"],
            app.Wire.Settlements.Order(StringComparer.Ordinal));
        Assert.All(app.Wire.Calls, call => Assert.False(call.Token.CanBeCanceled, call.ToString()));
    }
}
