using Mayhem.Ledger;
using Mayhem.Local.FunctionsHost;

namespace Mayhem.Scenarios.LockRenewal;

public class When_the_lock_has_expired_before_the_start
{
    [Fact]
    public async Task Nothing_is_begun_nothing_settled_and_the_next_delivery_does_the_work()
    {
        var onItsWay = new TaskCompletionSource();
        var held = 0;
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            Compose = composed => composed.Use(next => async context =>
            {
                if (Interlocked.Increment(ref held) == 1)
                    await onItsWay.Task;
                await next(context);
            }),
        });
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => Volatile.Read(ref held) == 1, "the first delivery is on its way to the function");

        app.Clock.Advance(app.Queue.Options.LockDuration);
        await app.HappensAsync(() => app.Invocations.Count == 1, "the second delivery has ended");
        onItsWay.SetResult();
        await app.QuietAsync();

        Assert.Equal([(2, InvocationSettlement.ByFunction), (1, InvocationSettlement.LeftLocked)], app.Invocations.Select(ended => (ended.DeliveryCount, ended.Settlement)));
        Assert.Equal(["Complete r1#2"], app.Wire.Settlements);
        Assert.Equal((1, 0), (app.Target.Tries, app.Wire.Count(WireOperation.Renew)));
        Assert.Contains(
            app.Logs.Lines, line => line.StartsWith("Warning 1002: Message r1: hands off: the lock had expired before the work began", StringComparison.Ordinal));
        Assert.Equal(1, await app.Ledger.CountUnsettledAsync("r1#1", CancellationToken.None));
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }
}
