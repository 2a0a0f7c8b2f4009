using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.Retries;

public class When_attempts_are_used_up
{
    [Fact]
    public async Task The_message_is_dead_lettered_with_the_history_of_its_failures()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartFailedException("the host did not come back"), times: 10);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        Assert.Equal(["DeadLetter r1#1"], app.Wire.Settlements);
        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal(("RetriesExhausted", 4), (dead.DeadLetterReason, dead.Properties[MessageProperties.Attempt]));
        var history = FailureHistory.Read((string)dead.Properties[MessageProperties.History]);
        Assert.All(history, failure => Assert.Equal(("Transient", "Mayhem.Restarts.RestartFailedException"), (failure.Class, failure.Type)));
        Assert.Equal([true, true, true, false], history.Select(failure => failure.DelaySeconds is not null));
        Assert.Equal((4, 3L), (app.Target.Tries, app.Counters[ProcessingEvent.RetriedNow]));
        Assert.Equal([ReportKind.Retry, ReportKind.Retry, ReportKind.Retry, ReportKind.Final], app.Reporter.Reports.Select(report => report.Kind));
        Assert.Equal(RestartState.Failed, (await app.EntryAsync("r1"))!.State);
    }

    [Fact]
    public async Task Each_wait_is_longer_than_the_one_before_spread_by_jitter()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartFailedException("the host did not come back"), times: 10);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        var history = FailureHistory.Read((string)Assert.Single(app.DeadLetters()).Properties[MessageProperties.History]);
        var delays = history.Select(failure => failure.DelaySeconds).OfType<double>().ToArray();
        Assert.InRange(delays[0], 0.8, 1.2);
        Assert.InRange(delays[1], 1.6, 2.4);
        Assert.InRange(delays[2], 3.2, 4.8);
        Assert.NotEqual([1, 2, 4], delays);
    }

    [Fact]
    public async Task Each_class_has_a_budget_of_its_own()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new RestartFailedException("the host did not come back"), times: 3);
        app.Target.Fail("web-1", () => new TimeoutException("no answer"), times: 2);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        Assert.Empty(app.DeadLetters());
        Assert.Equal((6, 1), (app.Target.Tries, app.Target.Restarted.Count));
    }

    [Fact]
    public async Task They_are_counted_across_copies_and_deliveries()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Retry:InPlaceLimit", "00:00:00")));
        app.Target.Fail("web-1", () => new RestartFailedException("the host did not come back"), times: 10);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal(("r1:5:r3", 1, 4), (dead.Content.MessageId, dead.DeliveryCount, dead.Properties[MessageProperties.Attempt]));
        Assert.Equal(4, app.Target.Tries);
    }

    [Fact]
    public async Task The_deadline_of_the_message_ends_them_too()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Retry:Deadline", "00:02:00")));
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(90)), times: 10);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal(("RetriesExhausted", 2), (dead.DeadLetterReason, dead.Properties[MessageProperties.Attempt]));
        Assert.StartsWith("The next attempt would be after the message's deadline of ", (string)dead.Properties["DeadLetterErrorDescription"], StringComparison.Ordinal);
    }
}
