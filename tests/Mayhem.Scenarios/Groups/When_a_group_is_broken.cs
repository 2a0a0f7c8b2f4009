using System.Globalization;
using Mayhem.Breakers;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Restarts;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Scenarios.Groups;

public class When_a_group_is_broken
{
    [Fact]
    public async Task Its_messages_wait_without_using_up_attempts_until_one_has_tried_and_gone_well()
    {
        await using var app = await StartAsync();
        await BreakAsync(app);
        await SendAsync(app, "late", "web", count: 10);
        await app.QuietAsync();

        Assert.Equal((4, 10L), (app.Target.Tries, app.Counters[ProcessingEvent.Postponed]));
        Assert.Equal((BreakerState.Open, new ResultCount(4, 4)), (Web(app).State, Web(app).Results));
        Assert.All(Waiting(app, "late"), message => Assert.DoesNotContain(MessageProperties.Budgets, message.Properties.Keys));

        var release = new TaskCompletionSource();
        for (var number = 0; number < 10; number++)
            app.Target.OnIssue(Host("web", number), _ => release.Task);
        await app.UntilAsync(() => app.Target.Tries == 5, "one message tries");
        app.Clock.Advance(TimeSpan.FromSeconds(13));
        await app.HappensAsync(() => app.Queue.Counts is { Active: 0, Locked: 1 }, "the others wait for it");
        Assert.Equal((5, BreakerState.HalfOpen), (app.Target.Tries, Web(app).State));
        release.SetResult();
        await app.HappensAsync(() => Web(app).IsClear, "the breaker closes");
        await app.SettledAsync();

        Assert.Equal((18, 14), (app.Target.Tries, app.Target.Restarted.Count));
        Assert.Empty(app.DeadLetters());
        foreach (var eventId in new[] { 1300, 1301, 1304 })
            Assert.Single(app.Logs.Lines, line => line.Contains(string.Create(CultureInfo.InvariantCulture, $" {eventId}: "), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_group_goes_on()
    {
        await using var app = await StartAsync();
        await BreakAsync(app);
        await SendAsync(app, "other", "db", count: 5);
        await app.QuietAsync();

        Assert.Equal(5, app.Target.Restarted.Count);
        Assert.Equal(0, app.Counters[ProcessingEvent.Postponed]);
    }

    [Fact]
    public async Task A_message_that_tries_and_fails_makes_the_next_break_longer()
    {
        await using var app = await StartAsync();
        await BreakAsync(app);
        app.Target.Fail("web-0", () => new RestartFailedException("still broken"));
        await app.SendAsync("probe", "web-0");
        await app.UntilAsync(() => app.Target.Tries == 5, "the message tries");
        await app.HappensAsync(() => Web(app).State == BreakerState.Open, "the breaker opens again");

        Assert.Equal(TimeSpan.FromSeconds(120), Web(app).NextProbeAt - Web(app).Since);
    }

    [Fact]
    public async Task A_request_that_was_carried_out_is_completed_all_the_same()
    {
        await using var app = await StartAsync();
        await app.SendAsync("done", "web-0");
        await app.QuietAsync();
        await BreakAsync(app);
        var postponed = app.Counters[ProcessingEvent.Postponed];
        var again = MayhemApp.Request("done", "web-0");
        again.MessageId = "again";
        await app.SendAsync(again);
        await app.QuietAsync();

        Assert.Equal("Complete again#1", app.Wire.Settlements.Last());
        Assert.Equal((1L, postponed), (app.Counters[ProcessingEvent.DuplicateSuppressed], app.Counters[ProcessingEvent.Postponed]));
    }

    [Fact]
    public async Task A_restart_that_was_issued_before_is_watched_to_its_end()
    {
        await using var app = await StartAsync();
        await app.Ledger.RecordIntentAsync(new RestartIntent(new RestartRequest { RequestId = "issued", Host = "web-0", Requester = "scenario" }), CancellationToken.None);
        await app.Ledger.RecordIssuedAsync("issued", 1, new IssuedRestart("op-1"), CancellationToken.None);
        await BreakAsync(app);
        await app.SendAsync("issued", "web-0");
        await app.QuietAsync();

        Assert.Equal("issued", Assert.Single(app.Target.Restarted).Request.RequestId);
        Assert.Equal((4, BreakerState.Open), (app.Target.Tries, Web(app).State));
    }

    [Fact]
    public async Task A_message_does_not_wait_past_its_deadline()
    {
        await using var app = await StartAsync(("Mayhem:Retry:Deadline", "00:01:00"));
        await BreakAsync(app);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.SendAsync(MayhemApp.Request("late", "web-0"));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.QuietAsync();

        // Those that broke it have used up their time as well.
        var dead = Assert.Single(app.DeadLetters(), message => string.Equals(message.Content.MessageId, "late", StringComparison.Ordinal));
        Assert.Equal(DeadLetterReasons.RetriesExhausted, dead.DeadLetterReason);
        Assert.StartsWith(
            "The circuit breaker of group 'web' is open. The next attempt would be after the message's deadline of ", (string)dead.Properties["DeadLetterErrorDescription"], StringComparison.Ordinal);
        Assert.Contains(MessageProperties.ReportId, dead.Properties.Keys);
        Assert.Equal(4, app.Target.Tries);
    }

    [Fact]
    public async Task A_message_does_not_expire_while_it_waits()
    {
        await using var app = await StartAsync();
        await BreakAsync(app);
        var mortal = MayhemApp.Request("mortal", "web-0");
        mortal.TimeToLive = TimeSpan.FromSeconds(30);
        await app.SendAsync(mortal);
        await app.QuietAsync();

        Assert.Equal(DeadLetterReasons.RetryWouldExpire, Assert.Single(app.DeadLetters()).DeadLetterReason);
    }

    [Fact]
    public async Task Unknown_and_denied_hosts_do_not_break_it()
    {
        await using var app = await StartAsync();
        for (var number = 0; number < 10; number++)
            app.Target.Fail(Host("web", number), () => number % 2 == 0 ? new HostNotFoundException("web") : new RestartDeniedException("no"));
        await SendAsync(app, "wrong", "web", count: 10);
        await app.QuietAsync();

        Assert.Equal(10, app.DeadLetters().Count);
        Assert.True(Web(app).IsClear);
    }

    private static Task<MayhemApp> StartAsync(params (string Key, string Value)[] settings) => MayhemApp.StartAsync(MayhemAppOptions.With(
    [
        ("Mayhem:Groups:web", "web-*"), ("Mayhem:Breaker:MinimumThroughput", "4"), ("Mayhem:Breaker:BreakDuration", "00:01:00"),
        ("Mayhem:Failures:RestartFailedException:Delay", "00:10:00"), .. settings,
    ]));

    // The failed messages come back after ten minutes.
    private static async Task BreakAsync(MayhemApp app)
    {
        for (var number = 100; number < 104; number++)
            app.Target.Fail(Host("web", number), () => new RestartFailedException("broken"));
        for (var number = 100; number < 104; number++)
        {
            await app.SendAsync(string.Create(CultureInfo.InvariantCulture, $"broken-{number}"), Host("web", number));
            await app.QuietAsync();
        }
    }

    private static async Task SendAsync(MayhemApp app, string prefix, string group, int count)
    {
        for (var number = 0; number < count; number++)
            await app.SendAsync(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}"), Host(group, number));
    }

    private static string Host(string group, int number) => string.Create(CultureInfo.InvariantCulture, $"{group}-{number}");

    private static IEnumerable<Mayhem.Local.Broker.BrokeredMessage> Waiting(MayhemApp app, string prefix) =>
        app.Messages().Where(message => ((string)message.Properties[MessageProperties.RootId]).StartsWith(prefix, StringComparison.Ordinal));

    private static GroupSnapshot Web(MayhemApp app) =>
        app.Host.Services.GetRequiredService<TargetGroups>().Snapshot().Single(group => string.Equals(group.Group, "web", StringComparison.Ordinal));
}
