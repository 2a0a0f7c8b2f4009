using Mayhem.Breakers;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Restarts;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Scenarios.Groups;

public class When_a_group_is_throttled
{
    [Fact]
    public async Task One_message_learns_the_delay_and_the_others_wait_without_asking()
    {
        await using var app = await StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(90)));
        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();
        for (var number = 2; number <= 10; number++)
            await app.SendAsync($"r{number}", $"web-{number}");
        await app.SendAsync("other", "db-1");
        await app.QuietAsync();

        Assert.Equal((2, 9L), (app.Target.Tries, app.Counters[ProcessingEvent.Postponed]));
        Assert.Equal("other", Assert.Single(app.Target.Restarted).Request.RequestId);
        var waiting = app.Messages().Where(message => message.Properties[MessageProperties.RootId] is not "r1").ToList();
        Assert.Equal(9, waiting.Count);
        Assert.All(waiting, message => Assert.DoesNotContain(MessageProperties.Budgets, message.Properties.Keys));
        Assert.All(waiting, message => Assert.InRange(message.Content.ScheduledFor!.Value - app.Time.GetUtcNow(), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(108)));
        Assert.Equal(9, waiting.Select(message => message.Content.ScheduledFor).Distinct().Count());
        Assert.Single(app.Reporter.Reports);

        await app.SettledAsync();

        Assert.Equal((12, 11), (app.Target.Tries, app.Target.Restarted.Count));
        Assert.Empty(app.DeadLetters());
        Assert.All(app.Host.Services.GetRequiredService<TargetGroups>().Snapshot(), group => Assert.True(group.IsClear));
    }

    [Fact]
    public async Task A_short_delay_is_waited_for_in_place()
    {
        await using var app = await StartAsync();
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(3)));
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Counters[ProcessingEvent.RetriedNow] == 1, "the delay is known");
        await app.SendAsync("r2", "web-2");
        await app.HappensAsync(() => app.Counters[ProcessingEvent.Postponed] == 1, "the other message waits");
        app.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(1, app.Target.Tries);
        await app.SettledAsync();

        Assert.Equal(["Complete r1#1", "Complete r2#1"], app.Wire.Settlements.Order(StringComparer.Ordinal));
        Assert.Equal(3, app.Target.Tries);
    }

    [Fact]
    public async Task A_delay_beyond_all_reason_holds_the_others_back_for_a_while_only()
    {
        await using var app = await StartAsync(("Mayhem:Breaker:MaxSharedDelay", "00:00:30"));
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromMinutes(40)));
        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();
        await app.SendAsync("r2", "web-2");
        await app.QuietAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(37));
        await app.QuietAsync();

        Assert.Equal("r2", Assert.Single(app.Target.Restarted).Request.RequestId);
    }

    private static Task<MayhemApp> StartAsync(params (string Key, string Value)[] settings) =>
        MayhemApp.StartAsync(MayhemAppOptions.With([("Mayhem:Groups:web", "web-*"), .. settings]));
}
