using Mayhem.Observation;

namespace Mayhem.Scenarios.LockRenewal;

public class When_a_renewal_fails_and_the_next_succeeds
{
    [Fact]
    public async Task Nothing_is_lost_and_the_handler_does_not_notice()
    {
        await using var app = await MayhemApp.StartAsync();
        var watched = new TaskCompletionSource();
        var noticed = false;
        app.Target.OnWatch("web-1", async token =>
        {
            await watched.Task;
            noticed = token.IsCancellationRequested;
        });
        app.Wire.Fail(WireOperation.Renew, times: 2);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        app.Clock.Advance(TimeSpan.FromSeconds(20));
        await app.HappensAsync(() => Unknown(app) == 1, "the first renewal has failed");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.HappensAsync(() => Unknown(app) == 2, "the second renewal has failed");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.HappensAsync(() => app.Counters[ProcessingEvent.LockRenewed] == 1, "the third renewal has succeeded");
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        watched.SetResult();
        await app.QuietAsync();

        Assert.False(noticed);
        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Equal((0L, 0), (app.Counters[ProcessingEvent.LockLost], app.Queue.Counters.LockExpired));
        Assert.Empty(app.Reporter.Reports);
    }

    private static int Unknown(MayhemApp app) => app.Logs.Lines.Count(line => line.StartsWith("Warning 1101:", StringComparison.Ordinal));
}
