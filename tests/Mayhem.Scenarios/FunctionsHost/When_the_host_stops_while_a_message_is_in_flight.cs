using Mayhem.Ledger;
using Mayhem.Observation;

namespace Mayhem.Scenarios.FunctionsHost;

public class When_the_host_stops_while_a_message_is_in_flight
{
    [Fact]
    public async Task A_restart_that_ends_within_the_grace_is_finished_and_settled()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.OnWatch("web-1", token => Task.Delay(TimeSpan.FromSeconds(2), app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        await app.StopWorkerAsync();

        Assert.Equal(1, app.Queue.Counters.Completed);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
        Assert.Equal((1, 0), (app.Host.Succeeded, app.Host.Failed));
    }

    [Fact]
    public async Task A_restart_that_takes_longer_is_given_back_without_using_up_an_attempt_and_watched_by_the_next_worker()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        await app.StopWorkerAsync();

        Assert.Equal(1, app.Counters[ProcessingEvent.Abandoned]);
        Assert.Equal(1, app.Queue.Counts.Active);
        Assert.Empty(app.Reporter.Reports);
        Assert.Equal(1, app.Reporter.Flushes);

        await app.StartWorkerAsync();
        await app.SettledAsync();

        Assert.Single(app.Target.Issued);
        var entry = await app.EntryAsync("r1");
        Assert.Equal((RestartState.Restarted, 1), (entry!.State, entry.Attempts));
        Assert.Empty(app.DeadLetters());
    }

    [Fact]
    public async Task The_token_of_the_invocation_is_not_cancelled_by_the_stop_itself()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Mayhem:Shutdown:Grace"] = "00:00:10" } });
        var cancelledAfter = TimeSpan.Zero;
        app.Target.OnWatch("web-1", async token =>
        {
            var began = app.Time.GetTimestamp();
            await Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelledAfter = app.Time.GetElapsedTime(began);
            token.ThrowIfCancellationRequested();
        });
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        await app.StopWorkerAsync();

        Assert.InRange(cancelledAfter, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task Nothing_more_is_received()
    {
        await using var app = await MayhemApp.StartAsync();
        await app.StopWorkerAsync();

        await app.SendAsync("r1", "web-1");
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, app.Queue.Counts.Active);
        Assert.Equal(0, app.Queue.Counters.Delivered);
    }
}
