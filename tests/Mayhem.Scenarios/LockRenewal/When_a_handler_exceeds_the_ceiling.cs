using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Observation;

namespace Mayhem.Scenarios.LockRenewal;

public class When_a_handler_exceeds_the_ceiling
{
    [Fact]
    public async Task It_is_cancelled_and_the_failure_is_a_time_out_that_is_tried_again_by_a_copy()
    {
        await using var app = await StartAsync();
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await RunIntoTheCeilingAsync(app);
        await app.SettledAsync();

        Assert.Equal(["Schedule r1:r1#0", "Complete r1#1", "Complete r1:r1#1"], app.Wire.Settlements);
        var report = Assert.Single(app.Reporter.Reports);
        Assert.IsType<TimeoutException>(report.Exception);
        Assert.Equal(FailureClass.Transient, report.Class);
        Assert.Equal((0, 0L), (app.Queue.Counters.LockExpired, app.Counters[ProcessingEvent.LockLost]));
        Assert.Single(app.Target.Issued);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task One_that_never_returns_is_not_kept_alive_and_the_next_delivery_finishes_its_work()
    {
        await using var app = await StartAsync();
        app.Target.OnWatch("web-1", _ => new TaskCompletionSource().Task);
        await RunIntoTheCeilingAsync(app);

        app.Clock.Advance(TimeSpan.FromSeconds(25));
        await app.HappensAsync(() => app.Invocations.Count == 1, "the second delivery has ended");

        Assert.Equal(1, app.Queue.Counters.LockExpired);
        Assert.Equal(["Complete r1#2"], app.Wire.Settlements);
        Assert.Equal((1, 1), (app.Wire.Count(WireOperation.Renew), app.Target.Issued.Count));
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    private static Task<MayhemApp> StartAsync() => MayhemApp.StartAsync(
        MayhemAppOptions.With(("Mayhem:Locks:MaxLockDuration", "00:00:35")) with { Queue = new QueueOptions { LockDuration = TimeSpan.FromSeconds(30) } });

    private static async Task RunIntoTheCeilingAsync(MayhemApp app)
    {
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");
        app.Clock.Advance(TimeSpan.FromSeconds(20));
        await app.HappensAsync(() => app.Counters[ProcessingEvent.LockRenewed] == 1, "the lock is renewed once");
        app.Clock.Advance(TimeSpan.FromSeconds(15));
        await app.HappensAsync(() => app.Logs.Lines.Any(line => line.StartsWith("Error 1103:", StringComparison.Ordinal)), "the ceiling is reached");
    }
}
