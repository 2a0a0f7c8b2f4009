using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Observation;

namespace Mayhem.Scenarios.Shutdown;

public class When_the_grace_runs_out
{
    [Fact]
    public async Task What_is_left_is_cancelled_and_abandoned_without_a_report_and_no_attempt_is_used_up()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:10")));
        foreach (var host in new[] { "web-1", "web-2", "web-3" })
        {
            app.Target.OnWatch(host, token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
            await app.SendAsync(host, host);
        }
        await app.HappensAsync(() => app.Target.Watched == 3, "all restarts are watched");
        var began = app.Time.GetTimestamp();

        var stopping = app.Host.StopAsync();
        await app.HappensAsync(() => app.Host.WorkerStopping.IsCancellationRequested, "the worker is stopping");
        await app.UntilAsync(() => stopping.IsCompleted, "the worker has stopped");

        Assert.InRange(app.Time.GetElapsedTime(began), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        Assert.Equal(["Abandon web-1#1", "Abandon web-2#1", "Abandon web-3#1"], app.Wire.Settlements.Order(StringComparer.Ordinal));
        Assert.Equal((3L, 0), (app.Counters[ProcessingEvent.Abandoned], app.Reporter.Reports.Count));
        Assert.Equal(1, app.Reporter.Flushes);
        Assert.All(app.Messages(), message =>
        {
            Assert.Equal((1, "stopping"), (message.Properties[MessageProperties.Abandons], message.Properties[MessageProperties.AbandonReason]));
            Assert.DoesNotContain(MessageProperties.Attempt, message.Properties.Keys);
        });
    }

    [Fact]
    public async Task Stopping_again_and_again_does_not_wear_a_message_out()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:00")));
        const int stops = 5;
        app.Target.OnWatch("web-1", [.. Enumerable.Repeat<Func<CancellationToken, Task>>(token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token), stops)]);
        await app.SendAsync("r1", "web-1");
        for (var stop = 1; stop <= stops; stop++)
        {
            await app.HappensAsync(() => app.Target.Watched == stop, "the restart is watched");
            await app.StopWorkerAsync();
            await app.StartWorkerAsync();
        }
        await app.QuietAsync();

        Assert.Empty(app.DeadLetters());
        var entry = await app.EntryAsync("r1");
        Assert.Equal((RestartState.Restarted, 1), (entry!.State, entry.Attempts));
        Assert.Single(app.Target.Issued);
    }
}
