using Mayhem.Guards;
using Mayhem.Recovery;

namespace Mayhem.Scenarios.Guards;

public class When_a_request_must_not_be_carried_out
{
    [Theory]
    [InlineData("""{"version":1,"kind":"explode","requestId":"r","host":"web-1","requester":"ops"}""", "kind is not a field")]
    [InlineData("""{"version":1,"requestId":"r","host":"web-1"}""", "requester is missing")]
    [InlineData("""{"version":1,"requestId":"r","host":"web-1","requester":" "}""", "requester is empty")]
    [InlineData("restart web-1", "is not JSON")]
    public async Task Unknown_kind_no_requester_malformed_is_dead_lettered_as_Poison(string body, string sentence)
    {
        await using var app = await GuardedApp.StartAsync();
        await app.SendAsync(MayhemApp.Message("r", body));
        await app.SettledAsync();

        var dead = GuardedApp.Dead(app);
        Assert.Equal(DeadLetterReasons.Poison, dead.DeadLetterReason);
        Assert.Contains(sentence, GuardedApp.Description(dead), StringComparison.Ordinal);
        Assert.Equal(0, app.Target.Tries);
    }

    [Theory]
    [InlineData("db-1", "not opted in")]
    [InlineData("web-9", "on the deny list, as '*-9'")]
    public async Task Not_opted_in_or_denied_is_dead_lettered_as_Denied_with_no_intent_on_record(string host, string sentence)
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(
            ("Mayhem:Inventory:targets:fleet:kind", "process"), ("Mayhem:Inventory:targets:fleet:hosts", "web-*"), ("Mayhem:Inventory:targets:fleet:group", "web"),
            ("Mayhem:Inventory:deny", "*-9")));
        await app.SendAsync("allowed", "web-1");
        await app.SendAsync("refused", host);
        await app.SettledAsync();

        var dead = GuardedApp.Dead(app);
        Assert.Equal(DeadLetterReasons.Denied, dead.DeadLetterReason);
        Assert.Contains(sentence, GuardedApp.Description(dead), StringComparison.Ordinal);
        Assert.Null(await app.EntryAsync("refused"));
        Assert.Equal("web", (await app.EntryAsync("allowed"))!.Group);
        Assert.Equal(1, app.Target.Tries);
        var refusal = await GuardedApp.RefusalAsync(app, "refused", Guard.OptIn);
        Assert.Equal((host, "scenario", "test", "dead-letter as Denied", 1), (refusal.Last.Host, refusal.Last.Requester, refusal.Last.Reason, refusal.Last.Outcome, refusal.Count));
    }

    [Fact]
    public async Task Older_than_its_notAfter_is_dead_lettered_as_Stale()
    {
        await using var app = await GuardedApp.StartAsync();
        await app.SendAsync(MayhemApp.Request("late", "web-1", app.Clock.GetUtcNow().AddSeconds(-1)));
        await app.SettledAsync();

        Assert.Equal(DeadLetterReasons.Stale, GuardedApp.Dead(app).DeadLetterReason);
        Assert.Equal("notAfter", (await GuardedApp.RefusalAsync(app, "late", Guard.Age)).Last.Decision.Rule);
    }

    [Fact]
    public async Task Older_than_the_maximum_age_is_dead_lettered_as_Stale()
    {
        await using var app = await GuardedApp.StartAsync(("MaxAge", "01:00:00"));
        await app.StopWorkerAsync();
        await app.SendAsync("old", "web-1");
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.StartWorkerAsync();
        await app.SettledAsync();

        Assert.Equal(DeadLetterReasons.Stale, GuardedApp.Dead(app).DeadLetterReason);
        Assert.Equal("maximum age 01:00:00", (await GuardedApp.RefusalAsync(app, "old", Guard.Age)).Last.Decision.Rule);
        Assert.Equal(0, app.Target.Tries);
    }

    [Fact]
    public async Task A_restart_without_effect_so_many_times_is_dead_lettered_as_RemediationIneffective()
    {
        await using var app = await GuardedApp.StartAsync(("IneffectiveAfter", "2"), ("IneffectiveSpan", "1.00:00:00"));
        for (var request = 1; request <= 3; request++)
        {
            await app.SendAsync($"r{request}", "web-1");
            await app.SettledAsync();
        }

        var dead = GuardedApp.Dead(app);
        Assert.Equal((DeadLetterReasons.RemediationIneffective, "r3"), (dead.DeadLetterReason, dead.Content.MessageId));
        Assert.Equal("ineffective after 2 in 1.00:00:00", (await GuardedApp.RefusalAsync(app, "r3", Guard.Ineffective)).Last.Decision.Rule);
        Assert.Equal(2, app.Target.Restarted.Count);
    }

    [Fact]
    public async Task A_dry_run_is_completed_recorded_as_would_restart_and_uses_no_budget()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:DryRun", "true"), ("Mayhem:Guards:Budget", "1")));
        await app.SendAsync("r1", "web-1");
        await app.SendAsync("r2", "web-2");
        await app.SettledAsync();

        Assert.Empty(app.DeadLetters());
        Assert.Equal(0, app.Target.Tries);
        foreach (var id in new[] { "r1", "r2" })
            Assert.Equal(Mayhem.Ledger.RestartState.WouldRestart, (await app.EntryAsync(id))!.State);
        Assert.Empty(await app.Ledger.ListUsesAsync("default", DateTimeOffset.MinValue, CancellationToken.None));
    }
}
