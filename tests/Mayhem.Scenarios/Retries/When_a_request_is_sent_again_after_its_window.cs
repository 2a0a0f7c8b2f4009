using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Retries;

public class When_a_request_is_sent_again_after_its_window
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Its_retry_does_not_meet_the_id_of_the_earlier_retry_which_is_remembered_for_longer()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions { Queue = new QueueOptions { DuplicateDetectionWindow = Window } });
        app.Target.OnIssue("web-1", async handling =>
        {
            await Task.Delay(TimeSpan.FromSeconds(15), app.Time, handling);
            throw Throttled();
        });
        app.Target.Fail("web-1", () => new HostNotFoundException("web-1")).Fail("web-1", Throttled);
        var sentAt = app.Time.GetUtcNow();

        await app.SendAsync("r1", "web-1");
        await app.UntilAsync(() => app.DeadLetters().Count == 1 && app.Time.GetUtcNow() > sentAt + Window, "the first is dead-lettered and its id forgotten");
        var copiedAt = sentAt + TimeSpan.FromSeconds(15);
        Assert.InRange(app.Time.GetUtcNow(), sentAt + Window, copiedAt + Window);
        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        Assert.Equal(0, app.Queue.Counters.DuplicatesDropped);
        Assert.Equal(RestartState.Restarted, (await app.EntryAsync("r1"))!.State);
    }

    private static RestartThrottledException Throttled() => new("too many", TimeSpan.FromSeconds(6));
}
