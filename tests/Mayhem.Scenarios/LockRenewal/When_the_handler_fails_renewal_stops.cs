using Mayhem.Locks;
using Mayhem.Observation;
using Mayhem.Restarts;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Scenarios.LockRenewal;

public class When_the_handler_fails_renewal_stops
{
    [Fact]
    public async Task As_it_does_when_the_handler_succeeds()
    {
        await using var app = await MayhemApp.StartAsync();
        var renewer = app.Host.Services.GetRequiredService<LockRenewer>();
        var end = new TaskCompletionSource();
        app.Target.OnWatch("good", token => end.Task.WaitAsync(token));
        app.Target.OnIssue("bad", async token =>
        {
            await end.Task.WaitAsync(token);
            throw new HostNotFoundException("bad");
        });
        await app.SendAsync("r1", "good");
        await app.SendAsync("r2", "bad");
        await app.HappensAsync(() => app.Target.Tries == 2, "both are handled");
        Assert.Equal(2, renewer.Count);

        app.Clock.Advance(TimeSpan.FromSeconds(20));
        await app.HappensAsync(() => app.Counters[ProcessingEvent.LockRenewed] == 2, "both locks are renewed");
        end.SetResult();
        await app.QuietAsync();

        Assert.Equal(0, renewer.Count);
        Assert.Equal(["Complete r1#1", "DeadLetter r2#1"], app.Wire.Settlements.Order(StringComparer.Ordinal));
        Assert.Equal(2, app.Wire.Calls.TakeWhile(call => call.Operation == WireOperation.Renew).Count());
        Assert.Equal(2, app.Wire.Count(WireOperation.Renew));
    }

    [Fact]
    public async Task As_it_does_when_the_handler_is_cancelled()
    {
        await using var app = await MayhemApp.StartAsync();
        var renewer = app.Host.Services.GetRequiredService<LockRenewer>();
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        await app.Host.CancelInvocationAsync(Assert.Single(app.Host.InFlightInvocations()));
        await app.QuietAsync();

        Assert.Equal((0, 0), (renewer.Count, app.Wire.Count(WireOperation.Renew)));
        Assert.Equal(["Abandon r1#1", "Complete r1#2"], app.Wire.Settlements);
    }
}
