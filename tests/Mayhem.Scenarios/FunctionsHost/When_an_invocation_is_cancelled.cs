using Mayhem.Ledger;
using Mayhem.Local.FunctionsHost;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_an_invocation_is_cancelled
{
    [Fact]
    public async Task Its_message_is_abandoned_without_a_report_and_finished_by_the_next_delivery()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        Assert.True(await app.Host.CancelInvocationAsync(Assert.Single(app.Host.InFlightInvocations())));
        await app.SettledAsync();

        Assert.Equal([1, 2], app.Invocations.Select(invocation => invocation.DeliveryCount));
        Assert.All(app.Invocations, invocation => Assert.Equal(InvocationSettlement.ByFunction, invocation.Settlement));
        Assert.Equal(1, app.Queue.Counters.Abandoned);
        Assert.Empty(app.Reporter.Reports);
        Assert.Single(app.Target.Issued);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task The_others_go_on()
    {
        await using var app = await MayhemApp.StartAsync();
        var release = new TaskCompletionSource();
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token)).OnWatch("web-2", token => release.Task.WaitAsync(token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the first restart is watched");
        var first = Assert.Single(app.Host.InFlightInvocations());
        await app.SendAsync("r2", "web-2");
        await app.HappensAsync(() => app.Target.Watched == 2, "both restarts are watched");

        await app.Host.CancelInvocationAsync(first);
        await app.UntilAsync(() => app.Target.Restarted.Any(order => order.Request.RequestId == "r1"), "the first is finished");
        Assert.Equal(1, app.Host.InFlight);
        release.SetResult();
        await app.SettledAsync();

        Assert.Equal(1, app.Queue.Counters.Abandoned);
        Assert.Equal(2, app.Target.Restarted.Count);
    }
}
