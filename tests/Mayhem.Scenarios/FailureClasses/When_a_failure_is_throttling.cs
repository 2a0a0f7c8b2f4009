using Mayhem.Failures;
using Mayhem.Observation;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_throttling
{
    [Fact]
    public async Task The_message_comes_back_after_the_delay_that_the_exception_names()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(90)));
        var began = app.Time.GetUtcNow();

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(1, app.Counters[ProcessingEvent.RetriedLater]);
        var copy = Assert.Single(app.Messages());
        Assert.Equal(began + TimeSpan.FromSeconds(90), copy.Content.ScheduledFor);
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.Throttled, ReportKind.Retry), (report.Class, report.Kind));

        app.Clock.Advance(TimeSpan.FromSeconds(89));
        await app.QuietAsync();
        Assert.Equal(1, app.Target.Tries);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.QuietAsync();

        Assert.Equal((2, 1), (app.Target.Tries, app.Target.Restarted.Count));
    }

    [Fact]
    public async Task A_short_delay_is_waited_for_in_place()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(3)));

        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Counters[ProcessingEvent.RetriedNow] == 1, "the retry is decided");
        app.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal((1, 1L), (app.Target.Tries, app.Queue.Counts.Locked));
        await app.SettledAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Single(app.Target.Restarted);
    }

    [Fact]
    public async Task A_delay_that_lies_in_the_past_is_none()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(-30)));

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
    }
}
