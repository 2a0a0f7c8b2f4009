using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Observation;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Retries;

public class When_the_copy_is_scheduled_twice
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_a_crash_between_scheduling_and_completing_nothing_is_lost_and_the_host_restarted_once(bool duplicateDetection)
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            LedgerOnDisk = true,
            Queue = new QueueOptions { DuplicateDetectionWindow = duplicateDetection ? TimeSpan.FromMinutes(10) : null },
        });
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromMinutes(2)), times: 2);
        app.Wire.Hang(WireOperation.Complete);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Wire.Count(WireOperation.Complete) == 1, "the copy is scheduled and the original about to be completed");

        await app.KillWorkerAsync();
        await app.StartWorkerAsync();
        await app.QuietAsync();

        Assert.Equal(["Schedule r1:r1#0", "Complete r1#1", "Schedule r1:r1#0", "Complete r1#2"], app.Wire.Settlements);
        Assert.Equal((duplicateDetection ? 1 : 2, duplicateDetection ? 1 : 0), (app.Queue.Counts.Scheduled, app.Queue.Counters.DuplicatesDropped));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.SettledAsync();

        Assert.Single(app.Target.Issued);
        Assert.Equal(duplicateDetection ? 0 : 1, app.Counters[ProcessingEvent.DuplicateSuppressed]);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
        Assert.Empty(app.DeadLetters());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task And_no_ledger_knows_of_it_the_original_is_tried_and_the_copy_does_nothing(bool duplicateDetection)
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            Queue = new QueueOptions { DuplicateDetectionWindow = duplicateDetection ? TimeSpan.FromMinutes(10) : null },
        });
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromMinutes(2)));
        app.Wire.Hang(WireOperation.Complete);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Wire.Count(WireOperation.Complete) == 1, "the copy is scheduled and the original about to be completed");

        await app.KillWorkerAsync();
        await app.StartWorkerAsync();
        await app.QuietAsync();
        Assert.Single(app.Target.Restarted);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.SettledAsync();

        Assert.Equal(["Schedule r1:r1#0", "Complete r1#1", "Complete r1#2", "Complete r1:r1#1"], app.Wire.Settlements);
        Assert.Single(app.Target.Issued);
        Assert.Equal(1, app.Counters[ProcessingEvent.DuplicateSuppressed]);
    }
}
