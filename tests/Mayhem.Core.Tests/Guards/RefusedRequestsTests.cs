using Mayhem.Core.Tests.Processing;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Guards;

/// <summary>What the processor does about a guard's no. The clock starts at noon.</summary>
public sealed class RefusedRequestsTests : IDisposable
{
    private ProcessorBench bench = new();

    [Fact]
    public async Task KillSwitch_WaitsWithoutUsingUpAnAttempt_AndPassesAfterwards()
    {
        await bench.Ledger.HaltAsync("network maintenance", "Ada", default);
        bench.Queue.Send(Some.Delivery());
        Assert.IsType<Verdict.RetryLater>((await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal((0, 1), (bench.Target.Calls, bench.Counters[ProcessingEvent.Postponed]));
        Assert.Null(await bench.Ledger.FindAsync("r-1", default));

        await bench.Ledger.ResumeAsync("Ada", default);
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal(1, (await bench.Ledger.FindAsync("r-1", default))!.Attempts);
        var refusal = Assert.Single(await bench.Ledger.ListRefusalsAsync(default).ToListAsync());
        Assert.Equal((Guard.KillSwitch, 1), (refusal.Last.Decision.Guard, refusal.Count));
        Assert.Contains("network maintenance", refusal.Last.Decision.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KillSwitch_ForLongerThanTheDeadline_DoesNotUseItUp()
    {
        await bench.Ledger.HaltAsync("storm", "Ada", default);
        bench.Queue.Send(Some.Delivery());
        while (bench.Clock.GetUtcNow() < Some.Now.AddHours(3))
            Assert.IsType<Verdict.RetryLater>((await bench.ProcessNextAsync())!.Verdict);
        await bench.Ledger.ResumeAsync("Ada", default);
        bench.Target.Fail(() => new RestartFailedException("not yet"));

        while (await bench.ProcessNextAsync() is { } result)
            Assert.IsNotType<Verdict.DeadLetter>(result.Verdict);

        Assert.Equal(RestartState.Restarted, (await bench.Ledger.FindAsync("r-1", default))!.State);
        Assert.InRange(Assert.Single(await bench.Ledger.ListRefusalsAsync(default).ToListAsync()).Count, 280, 370);
    }

    [Fact]
    public async Task KillSwitch_AnIssuedRestart_IsWatchedToItsEnd()
    {
        await bench.Ledger.RecordIntentAsync(new RestartIntent(new RestartRequest { RequestId = "r-1", Host = "cattle-0001", Requester = "ops" }), default);
        await bench.Ledger.RecordIssuedAsync("r-1", 1, new IssuedRestart("op-1"), default);
        await bench.Ledger.HaltAsync("storm", "Ada", default);

        Assert.Equal(new Verdict.Complete("restarted"), (await bench.RunAsync()).Verdict);
        Assert.Equal((0, 1), (bench.Target.Calls, bench.Target.Watches));
    }

    [Fact]
    public async Task KillSwitch_AnInterruptedAttempt_IsNotIssued()
    {
        bench.Target.Fail(() => new AmbiguousRestartException("no answer"));
        bench.Queue.Send(Some.Delivery());
        await bench.ProcessNextAsync(onStep: _ => Assert.True(bench.Ledger.HaltAsync("storm", "Ada", default).AsTask().IsCompletedSuccessfully));

        Assert.Equal(1, bench.Target.Calls);
        var entry = (await bench.Ledger.FindAsync("r-1", default))!;
        Assert.Equal((RestartState.Failed, "withheld before it was issued"), (entry.State, entry.Error));
    }

    [Fact]
    public async Task Window_WaitsForTheOpening()
    {
        Begin(new GuardOptions { Window = "22:00-23:00" });
        bench.Queue.Send(Some.Delivery());
        Assert.Equal(new Verdict.RetryLater(Some.Now.AddHours(10)), (await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal(Some.Now.AddHours(10), (await bench.Ledger.FindAsync("r-1", default))!.IntentAt);
    }

    [Fact]
    public async Task Window_ClosedWhileRestartsAreHalted_TellsOfTheHalt()
    {
        Begin(new GuardOptions { Window = "22:00-23:00" });
        await bench.Ledger.HaltAsync("storm", "Ada", default);
        bench.Queue.Send(Some.Delivery());
        await bench.ProcessNextAsync();

        Assert.Equal(Guard.KillSwitch, Assert.Single(await bench.Ledger.ListRefusalsAsync(default).ToListAsync()).Last.Decision.Guard);
    }

    [Fact]
    public async Task MaximumAge_IsStale()
    {
        Begin(new GuardOptions { MaxAge = TimeSpan.FromMinutes(10) });
        bench.Queue.Send(Some.Delivery() with { EnqueuedAt = Some.Now.AddMinutes(-11) });
        Assert.Equal("Stale", Assert.IsType<Verdict.DeadLetter>((await bench.ProcessNextAsync())!.Verdict).Reason);
        Assert.Equal(0, bench.Target.Calls);
    }

    [Fact]
    public async Task CoolDown_AnotherRequest_WaitsForItsEnd()
    {
        Begin(new GuardOptions { CoolDown = TimeSpan.FromMinutes(10) });
        await bench.RunAsync();
        var ended = (await bench.Ledger.FindAsync("r-1", default))!.EndedAt;

        await bench.RunAsync(Another(2));

        Assert.InRange((await bench.Ledger.FindAsync("r-2", default))!.IntentAt - ended!.Value, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.02));
        Assert.Equal(1, (await bench.Ledger.FindAsync("r-2", default))!.Attempts);
    }

    [Fact]
    public async Task CoolDown_RetriesOfTheSameRequest_AreNotStopped()
    {
        Begin(new GuardOptions { CoolDown = TimeSpan.FromHours(6), Budget = 10, IneffectiveAfter = 1 });
        bench.Target.Watch = _ => bench.Target.Watches <= 2 ? throw new RestartFailedException("it did not come up") : Task.CompletedTask;

        Assert.Equal(new Verdict.Complete("restarted"), (await bench.RunAsync()).Verdict);

        Assert.Equal(3, (await bench.Ledger.FindAsync("r-1", default))!.Attempts);
        Assert.Equal(3, (await bench.Ledger.ListUsesAsync("default", Some.Now, default)).Count);
        Assert.Empty(await bench.Ledger.ListRefusalsAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Budget_UsedUpForLongerThanTheLongestWait_IsBlastRadius()
    {
        Begin(new GuardOptions { Budget = 1, BudgetSpan = TimeSpan.FromHours(6), MaxWait = TimeSpan.FromHours(2) });
        await bench.RunAsync();

        var result = await bench.RunAsync(Another(2));

        var dead = Assert.IsType<Verdict.DeadLetter>(result.Verdict);
        Assert.Equal("BlastRadius", dead.Reason);
        Assert.Contains("has had 1 restart within 06:00:00", dead.Description, StringComparison.Ordinal);
        Assert.InRange(bench.Clock.GetUtcNow() - Some.Now, TimeSpan.FromHours(2), TimeSpan.FromHours(2.1));
        Assert.Equal("dead-letter as BlastRadius", Assert.Single(await bench.Ledger.ListRefusalsAsync(default).ToListAsync()).Last.Outcome);
    }

    [Fact]
    public async Task Budget_AfterANightOfWaitingForTheWindow_IsWaitedForAnew()
    {
        Begin(new GuardOptions { Window = "22:00-23:59", Budget = 1, BudgetSpan = TimeSpan.FromMinutes(30), MaxWait = TimeSpan.FromHours(1) });
        bench.Queue.Send(Some.Delivery());
        bench.Queue.Send(Another(2));

        while (await bench.ProcessNextAsync() is { } result)
            Assert.IsNotType<Verdict.DeadLetter>(result.Verdict);

        Assert.InRange((await bench.Ledger.FindAsync("r-2", default))!.IntentAt, Some.Now.AddHours(10.5), Some.Now.AddHours(10.7));
    }

    [Fact]
    public async Task Ineffective_IsDeadLetteredAtOnce()
    {
        Begin(new GuardOptions { IneffectiveAfter = 2 });
        await bench.RunAsync();
        await bench.RunAsync(Another(2));

        Assert.Equal("RemediationIneffective", Assert.IsType<Verdict.DeadLetter>((await bench.RunAsync(Another(3))).Verdict).Reason);
        Assert.Equal(2, bench.Target.Calls);
    }

    [Fact]
    public async Task Denied_LeavesNoIntent_AndTellsWhoAskedAndWhy()
    {
        Begin(new GuardOptions(), new Rules { Denied = "The host is on the deny list." });
        bench.Queue.Send(Some.Delivery() with { OperationId = "trace-7" });
        Assert.Equal("Denied", Assert.IsType<Verdict.DeadLetter>((await bench.ProcessNextAsync())!.Verdict).Reason);

        Assert.Null(await bench.Ledger.FindAsync("r-1", default));
        var refusal = Assert.Single(await bench.Ledger.ListRefusalsAsync(default).ToListAsync()).Last;
        Assert.Equal(("r-1", "cattle-0001", "default", "ops", "stuck", "trace-7"), (refusal.RequestId, refusal.Host, refusal.Group, refusal.Requester, refusal.Reason, refusal.OperationId));
        Assert.Equal((Guard.OptIn, "inventory", "dead-letter as Denied"), (refusal.Decision.Guard, refusal.Decision.Rule, refusal.Outcome));
    }

    [Fact]
    public async Task AGuardThatCannotBeAsked_SaysNo_AndIsAskedAgain()
    {
        var rules = new Rules { Failure = new IOException("the inventory is away") };
        Begin(new GuardOptions(), rules);
        bench.Queue.Send(Some.Delivery());
        Assert.IsType<Verdict.RetryLater>((await bench.ProcessNextAsync())!.Verdict);
        Assert.Contains("the inventory is away", Assert.Single(await bench.Ledger.ListRefusalsAsync(default).ToListAsync()).Last.Decision.Why, StringComparison.Ordinal);

        rules.Failure = null;
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
        Assert.Equal(1, bench.Target.Calls);
    }

    [Fact]
    public async Task DryRun_UsesNoBudget()
    {
        Begin(new GuardOptions { Budget = 1 }, new Rules { DryRun = true });
        await bench.RunAsync();
        await bench.RunAsync(Another(2));

        Assert.Empty(await bench.Ledger.ListUsesAsync("default", Some.Now, default));
        Assert.Equal(1, (await bench.Ledger.FindAsync("r-2", default))!.Attempts);
    }

    [Fact]
    public async Task NotAfter_ThatPassesWhileTheMessageWaits_IsStale()
    {
        Begin(new GuardOptions { Window = "22:00-23:00" });
        var result = await bench.RunAsync(Some.Delivery(body: Some.Body(more: ""","notAfter":"2026-11-20T18:00:00Z" """)));
        Assert.Equal("Stale", Assert.IsType<Verdict.DeadLetter>(result.Verdict).Reason);
    }

    public void Dispose() => bench.Dispose();

    private static Delivery Another(int number) => Some.Delivery($"r-{number}", body: Some.Body($"r-{number}")) with { SequenceNumber = 7 + number };

    private void Begin(GuardOptions guards, IHostRules? hosts = null)
    {
        bench.Dispose();
        bench = new ProcessorBench(guards: guards, hosts: hosts);
    }

    private sealed class Rules : IHostRules
    {
        public string? Denied { get; init; }

        public bool DryRun { get; init; }

        public Exception? Failure { get; set; }

        public string? WhyDenied(string host) => Failure is null ? Denied : throw Failure;

        public bool IsDryRun(string host) => DryRun;
    }
}
