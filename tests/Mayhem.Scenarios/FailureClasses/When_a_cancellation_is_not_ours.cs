using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_cancellation_is_not_ours
{
    [Fact]
    public async Task It_is_a_time_out_that_is_reported_and_tried_again()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new TaskCanceledException("the target's own limit has passed"));

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        Assert.Equal(["Complete r1#1"], app.Wire.Settlements);
        Assert.Equal(2, app.Target.Tries);
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal((FailureClass.Transient, ReportKind.Retry), (report.Class, report.Kind));
    }

    [Fact]
    public async Task It_uses_up_an_attempt()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Failures:System.OperationCanceledException:MaxAttempts", "2")));
        app.Target.Fail("web-1", () => new OperationCanceledException("the target's own limit has passed"), times: 2);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal(("RetriesExhausted", 2), (dead.DeadLetterReason, dead.Properties[MessageProperties.Attempt]));
    }

    [Fact]
    public async Task A_failure_of_another_kind_is_not_taken_for_stopping_because_the_worker_stops()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:00")));
        app.Target.OnIssue("web-1", async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new HostNotFoundException("web-1");
        });
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Tries == 1, "the handler is at work");

        await app.StopWorkerAsync();

        Assert.Equal("Fatal:HostNotFoundException", Assert.Single(app.DeadLetters()).DeadLetterReason);
        Assert.Single(app.Reporter.Reports);
    }
}
