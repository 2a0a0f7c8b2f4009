using Mayhem.Observation;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Shutdown;

public class When_the_worker_stops_and_handlers_finish_within_the_grace
{
    [Fact]
    public async Task Each_is_settled_by_its_own_verdict_and_the_telemetry_is_flushed_after_the_last()
    {
        await using var app = await MayhemApp.StartAsync();
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

        var stopping = app.Host.StopAsync();
        await app.HappensAsync(() => app.Host.WorkerStopping.IsCancellationRequested, "the worker is stopping");
        Assert.Equal((2, 0), (app.Host.InFlight, app.Reporter.Flushes));
        end.SetResult();
        await app.HappensAsync(() => stopping.IsCompleted, "the worker has stopped, though no time has passed");

        Assert.Equal(["Complete r1#1", "DeadLetter r2#1"], app.Wire.Settlements.Order(StringComparer.Ordinal));
        Assert.Equal((0L, 1, 1), (app.Counters[ProcessingEvent.Abandoned], app.Reporter.Reports.Count, app.Reporter.Flushes));
        Assert.Contains(app.Logs.Lines, line => line.EndsWith("2 messages ended within the grace, 0 were cancelled.", StringComparison.Ordinal));
    }
}
