using Mayhem.Guards;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Scenarios.Guards;

public class When_a_request_has_to_wait
{
    [Fact]
    public async Task Kill_switch_makes_it_retry_later_with_no_attempt_used_up_and_the_operators_reason_on_record()
    {
        await using var app = await GuardedApp.StartAsync();
        await app.Ledger.HaltAsync("network maintenance", "Ada", CancellationToken.None);
        await app.SendAsync("r1", "web-1");
        var due = await GuardedApp.DueAsync(app);

        Assert.InRange(due - app.Clock.GetUtcNow(), TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(36));
        Assert.Equal(0, app.Target.Tries);
        Assert.DoesNotContain(MessageProperties.Budgets, Assert.Single(app.Messages()).Properties.Keys);
        var refusal = await GuardedApp.RefusalAsync(app, "r1", Guard.KillSwitch);
        Assert.Contains("by Ada", refusal.Last.Decision.Why, StringComparison.Ordinal);
        Assert.Contains("network maintenance", refusal.Last.Decision.Why, StringComparison.Ordinal);

        await app.Ledger.ResumeAsync("Ada", CancellationToken.None);
        await app.SettledAsync();
        Assert.Equal((1, 1), ((await app.EntryAsync("r1"))!.Attempts, app.Target.Restarted.Count));
    }

    [Fact]
    public async Task Kill_switch_lets_what_was_issued_end()
    {
        await using var app = await GuardedApp.StartAsync();
        var up = new TaskCompletionSource();
        app.Target.OnWatch("web-1", _ => up.Task);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");
        await app.Ledger.HaltAsync("storm", "Ada", CancellationToken.None);
        up.SetResult();
        await app.SettledAsync();

        Assert.Equal("r1", Assert.Single(app.Target.Restarted).Request.RequestId);
    }

    [Fact]
    public async Task Outside_the_window_it_retries_at_the_opening()
    {
        await using var app = await GuardedApp.StartAsync(("Window", "Mon-Fri 22:00-06:00"), ("TimeZone", "Europe/Berlin"), ("Holidays", "2026-11-20"));
        await app.SendAsync("r1", "web-1");

        // Friday is a holiday, Saturday and Sunday have no window, and Berlin is an hour ahead of UTC.
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 21, 0, 0, TimeSpan.Zero), await GuardedApp.DueAsync(app));
        app.Clock.Advance(new DateTimeOffset(2026, 11, 23, 21, 0, 0, TimeSpan.Zero) - app.Clock.GetUtcNow());
        await app.SettledAsync();

        Assert.Single(app.Target.Restarted);
        Assert.Equal("Mon-Fri 22:00-06:00 Europe/Berlin", (await GuardedApp.RefusalAsync(app, "r1", Guard.Window)).Last.Decision.Rule);
    }

    [Fact]
    public async Task Days_outside_the_window_leave_it_its_retries()
    {
        await using var app = await GuardedApp.StartAsync(("Window", "Mon 03:00-04:00"));
        app.Target.Fail("web-1", () => new RestartFailedException("not yet"), times: 2);
        await app.SendAsync("r1", "web-1");
        app.Clock.Advance(await GuardedApp.DueAsync(app) - app.Clock.GetUtcNow());
        await app.SettledAsync();

        Assert.Empty(app.DeadLetters());
        Assert.Equal((3, 1), (app.Target.Tries, app.Target.Restarted.Count));
    }

    [Fact]
    public async Task Host_cooling_down_completes_the_same_request_as_a_duplicate_and_lets_another_retry_at_the_end()
    {
        await using var app = await GuardedApp.StartAsync(("CoolDown", "00:30:00"));
        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();
        var ended = (await app.EntryAsync("r1"))!.EndedAt!.Value;
        var same = MayhemApp.Request("r1", "web-1");
        same.MessageId = "again";
        await app.SendAsync(same);
        await app.SettledAsync();
        Assert.Equal("Complete again#1", app.Wire.Settlements.Last());

        await app.SendAsync("r2", "web-1");
        Assert.Equal(ended.AddMinutes(30), await GuardedApp.DueAsync(app));
        app.Clock.Advance(ended.AddMinutes(30) - app.Clock.GetUtcNow());
        await app.SettledAsync();
        Assert.Equal(["r1", "r2"], app.Target.Restarted.Select(order => order.Request.RequestId));
    }

    [Fact]
    public async Task Group_budget_makes_it_retry_later_with_jitter()
    {
        await using var app = await GuardedApp.StartAsync(("Budget", "2"), ("BudgetSpan", "00:30:00"));
        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r2", "web-2");
        await app.SettledAsync();
        var first = (await app.EntryAsync("r1"))!.IntentAt;
        await app.SendAsync("other", "db-1");
        await app.SettledAsync();
        await app.SendAsync("r3", "web-3");

        Assert.InRange(await GuardedApp.DueAsync(app), first.AddMinutes(30), first.AddMinutes(36.1));
        app.Clock.Advance(await GuardedApp.DueAsync(app) - app.Clock.GetUtcNow());
        await app.SettledAsync();
        Assert.Equal(4, app.Target.Restarted.Count);
    }

    [Fact]
    public async Task Group_budget_for_longer_than_the_maximum_is_dead_lettered_as_BlastRadius()
    {
        await using var app = await GuardedApp.StartAsync(("Budget", "1"), ("BudgetSpan", "06:00:00"), ("MaxWait", "00:20:00"));
        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();
        await app.SendAsync("r2", "web-2");
        app.Clock.Advance(await GuardedApp.DueAsync(app) - app.Clock.GetUtcNow());
        await app.SettledAsync();

        var dead = GuardedApp.Dead(app);
        Assert.Equal(DeadLetterReasons.BlastRadius, dead.DeadLetterReason);
        Assert.StartsWith("The group 'web' has had 1 restart within 06:00:00, as many as it may have.", GuardedApp.Description(dead), StringComparison.Ordinal);
        Assert.Equal((2, "dead-letter as BlastRadius"), ((await GuardedApp.RefusalAsync(app, "r2", Guard.Budget)).Count, (await GuardedApp.RefusalAsync(app, "r2", Guard.Budget)).Last.Outcome));
    }

    [Fact]
    public async Task Concurrency_per_group_makes_it_retry_later_until_another_has_ended()
    {
        await using var app = await GuardedApp.StartAsync(("Concurrency", "1"));
        var up = new TaskCompletionSource();
        app.Target.OnWatch("web-1", _ => up.Task);
        await app.SendAsync("r1", "web-1");
        await app.HappensAsync(() => app.Target.Watched == 1, "the restart is watched");
        await app.SendAsync("r2", "web-2");
        await app.HappensAsync(() => app.Queue.Counts is { Scheduled: 1, Active: 0, Locked: 1 }, "the second waits");
        Assert.Equal(1, app.Target.Tries);

        up.SetResult();
        await app.SettledAsync();
        Assert.Equal(2, app.Target.Restarted.Count);
        Assert.Equal("concurrency 1", (await GuardedApp.RefusalAsync(app, "r2", Guard.Concurrency)).Last.Decision.Rule);
    }

    [Fact]
    public async Task Fewer_than_the_minimum_of_healthy_hosts_makes_it_retry_later_then_dead_letters_it_as_MinHealthy()
    {
        await using var app = await GuardedApp.StartAsync(("GroupSize", "3"), ("MinHealthy", "2"), ("MaxWait", "00:02:00"), ("FailedFor", "06:00:00"));
        app.Target.OnWatch("web-1", [.. Enumerable.Repeat<Func<CancellationToken, Task>>(_ => Task.FromException(new RestartFailedException("it did not come up")), 4)]);
        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();
        await app.SendAsync("r2", "web-2");
        await app.SettledAsync();

        Assert.Equal([DeadLetterReasons.RetriesExhausted, DeadLetterReasons.MinHealthy], app.DeadLetters().Select(dead => dead.DeadLetterReason));
        Assert.InRange((await GuardedApp.RefusalAsync(app, "r2", Guard.MinHealthy)).Count, 4, 6);

        await app.SendAsync("r3", "web-1");
        await app.SettledAsync();
        Assert.Equal("r3", Assert.Single(app.Target.Restarted).Request.RequestId);
    }

    [Fact]
    public async Task A_guard_that_cannot_be_asked_says_no()
    {
        await using var app = await MayhemApp.StartAsync(new MayhemAppOptions
        {
            Compose = app => app.Services.AddSingleton<IHostRules>(new BrokenRules()),
        });
        await app.SendAsync("r1", "web-1");
        await GuardedApp.DueAsync(app);

        Assert.Equal(0, app.Target.Tries);
        Assert.Contains("counts as no: IOException: the inventory is away", (await GuardedApp.RefusalAsync(app, "r1", Guard.OptIn)).Last.Decision.Why, StringComparison.Ordinal);
    }

    private sealed class BrokenRules : IHostRules
    {
        public string? WhyDenied(string host) => throw new IOException("the inventory is away");

        public bool IsDryRun(string host) => false;
    }
}
