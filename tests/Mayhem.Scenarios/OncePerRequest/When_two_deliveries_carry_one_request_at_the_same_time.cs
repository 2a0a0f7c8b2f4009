using Mayhem.Observation;

namespace Mayhem.Scenarios.OncePerRequest;

public class When_two_deliveries_carry_one_request_at_the_same_time
{
    [Fact]
    public async Task The_second_waits_while_the_first_issues_and_is_completed_when_that_is_done()
    {
        await using var app = await MayhemApp.StartAsync();
        var issue = new TaskCompletionSource();
        app.Target.OnIssue("web-1", token => issue.Task.WaitAsync(token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Tries == 1, "the first is about to issue");
        var second = MayhemApp.Request("r1", "web-1");
        second.MessageId = "twin";

        await app.SendAsync(second);
        await app.HappensAsync(() => app.Host.InFlight == 2, "the second is handled");
        var until = app.Time.GetUtcNow() + TimeSpan.FromSeconds(10);
        await app.UntilAsync(() => app.Time.GetUtcNow() >= until, "ten seconds have passed");
        Assert.Equal((2, 1), (app.Queue.Counts.Locked, app.Target.Tries));
        Assert.Empty(app.Wire.Settlements);
        issue.SetResult();
        await app.SettledAsync();

        Assert.Equal(["Complete r1#1", "Complete twin#1"], app.Wire.Settlements.Order(StringComparer.Ordinal));
        Assert.Equal((1, 1), (app.Target.Tries, app.Target.Issued.Count));
        Assert.Equal((1L, 1L), (app.Counters[ProcessingEvent.Restarted], app.Counters[ProcessingEvent.DuplicateSuppressed]));
        Assert.Empty(app.Reporter.Reports);
    }

    [Fact]
    public async Task When_both_watch_one_of_them_has_restarted_the_host()
    {
        await using var app = await MayhemApp.StartAsync();
        var watched = new TaskCompletionSource();
        app.Target.OnWatch("web-1", token => watched.Task.WaitAsync(token), token => watched.Task.WaitAsync(token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the first watches");
        var second = MayhemApp.Request("r1", "web-1");
        second.MessageId = "twin";
        await app.SendAsync(second);
        await app.HappensAsync(() => app.Target.Watched == 2, "the second watches the same restart");

        watched.SetResult();
        await app.QuietAsync();

        Assert.Equal(1, app.Target.Tries);
        Assert.Equal((1L, 1L), (app.Counters[ProcessingEvent.Restarted], app.Counters[ProcessingEvent.DuplicateSuppressed]));
    }
}
