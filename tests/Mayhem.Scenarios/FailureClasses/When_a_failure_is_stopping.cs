using Mayhem.Messages;
using Mayhem.Observation;

namespace Mayhem.Scenarios.FailureClasses;

public class When_a_failure_is_stopping
{
    [Fact]
    public async Task The_message_is_abandoned_without_a_report_and_no_attempt_is_used_up()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:00")));
        app.Target.OnIssue("web-1", token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Tries == 1, "the handler is at work");

        await app.StopWorkerAsync();

        Assert.Equal(["Abandon r1#1"], app.Wire.Settlements);
        Assert.Empty(app.Reporter.Reports);
        var message = Assert.Single(app.Messages());
        Assert.Equal((1, "stopping"), (message.Properties[MessageProperties.Abandons], message.Properties[MessageProperties.AbandonReason]));
        Assert.DoesNotContain(MessageProperties.Attempt, message.Properties.Keys);
        Assert.DoesNotContain(MessageProperties.Budgets, message.Properties.Keys);
        Assert.DoesNotContain(MessageProperties.History, message.Properties.Keys);
        Assert.Equal(0, app.Counters[ProcessingEvent.DeadLettered]);
    }

    [Fact]
    public async Task Attempts_that_failed_before_are_kept()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Shutdown:Grace", "00:00:00")));
        app.Target.OnIssue("web-1", _ => Task.FromException(new TimeoutException("no answer")), token => Task.Delay(Timeout.InfiniteTimeSpan, app.Time, token));
        await app.SendAsync("r1", "web-1");
        await app.UntilAsync(() => app.Target.Tries == 2, "the second attempt is made");

        await app.StopWorkerAsync();

        var message = Assert.Single(app.Messages());
        Assert.Equal((1, "System.TimeoutException=1"), (message.Properties[MessageProperties.Attempt], message.Properties[MessageProperties.Budgets]));
        Assert.Single(app.Reporter.Reports);
    }
}
