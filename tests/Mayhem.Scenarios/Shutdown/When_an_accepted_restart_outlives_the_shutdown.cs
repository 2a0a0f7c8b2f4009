using Mayhem.Ledger;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Shutdown;

public class When_an_accepted_restart_outlives_the_shutdown
{
    [Fact]
    public async Task It_is_on_record_as_issued_and_the_next_worker_goes_on_watching_it()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.OnWatch("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");

        await app.StopWorkerAsync();
        var onRecord = await app.EntryAsync("r1");
        Assert.Equal((RestartState.Issued, "restart-r1-1", null), (onRecord!.State, onRecord.Issued!.Operation, onRecord.EndedAt));
        await app.StartWorkerAsync();
        await app.QuietAsync();

        Assert.Single(app.Target.Issued);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
        Assert.Equal(["Abandon r1#1", "Complete r1#2"], app.Wire.Settlements);
    }

    [Fact]
    public async Task Cancelled_before_its_answer_came_it_is_asked_for_and_not_issued_again()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:00")));
        app.Target.OnAnswer("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Issued.Count == 1, "the target has accepted the restart");

        await app.StopWorkerAsync();
        Assert.Equal(RestartState.Interrupted, (await app.EntryAsync("r1"))!.State);
        await app.StartWorkerAsync();
        await app.QuietAsync();

        Assert.Equal((1, 1), (app.Target.Tries, app.Target.Restarted.Count));
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task Nor_is_it_when_the_process_was_killed_before_the_answer_came()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { LedgerOnDisk = true });
        app.Target.OnAnswer("web-1", _ => new TaskCompletionSource().Task);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Issued.Count == 1, "the target has accepted the restart");

        await app.KillWorkerAsync();
        Assert.Equal(RestartState.Interrupted, (await app.EntryAsync("r1"))!.State);
        await app.StartWorkerAsync();
        await app.QuietAsync();

        Assert.Equal((1, 1), (app.Target.Tries, app.Target.Restarted.Count));
        Assert.Equal(["Complete r1#2"], app.Wire.Settlements);
    }

    [Fact]
    public async Task One_that_was_not_accepted_is_issued_by_the_next_worker()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { LedgerOnDisk = true });
        app.Target.OnIssue("web-1", _ => new TaskCompletionSource().Task);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Tries == 1, "the restart is about to be issued");

        await app.KillWorkerAsync();
        await app.StartWorkerAsync();
        await app.QuietAsync();

        Assert.Equal((2, 1), (app.Target.Tries, app.Target.Issued.Count));
        Assert.Equal((app.Target.Issued.Single().Request, 1), (app.Target.Restarted.Single().Request, app.Target.Restarted.Single().Attempt));
    }
}
