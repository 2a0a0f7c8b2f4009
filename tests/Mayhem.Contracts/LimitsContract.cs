using System.Collections.Concurrent;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Contracts;

/// <summary>What every ledger does about the kill switch, limits and the record of refusals. A deriving class says how to open one, end its process and let time pass.</summary>
public abstract class LimitsContract : IAsyncLifetime
{
    private static readonly IssuedRestart Operation = new("op-1");
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private ILedger? opened;

    protected ILedger Ledger => opened ?? throw new InvalidOperationException("The ledger is not open yet.");

    /// <summary>The lease of an intent in the ledger that <see cref="OpenAsync"/> opens; less than 10 minutes.</summary>
    protected abstract TimeSpan IntentLease { get; }

    /// <summary>The clock that the ledger goes by.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>Opens the ledger of this test, empty at first, as a process with a new owner id.</summary>
    protected abstract Task<ILedger> OpenAsync();

    /// <summary>Ends the process that has the ledger open. What it had recorded stays.</summary>
    protected abstract Task EndProcessAsync(ILedger ledger);

    protected abstract void PassTime(TimeSpan by);

    public async Task InitializeAsync() => opened = await OpenAsync();

    public virtual async Task DisposeAsync() => await EndProcessAsync(Ledger);

    [ContractFact]
    public async Task Intent_WithinLimits_IsOnRecordWithThem_AndWithWhoAskedAndWhy()
    {
        var limits = new RestartLimits("herd") { CoolDown = 10 * Minute, Budget = 3 };
        Assert.Equal(new IntentAnswer.Begun(1), await Ledger.RecordIntentAsync(new RestartIntent(Request("r1", "h1"), limits, OperationId: "0af7651916cd43dd8448eb211c80319c"), default));

        await RestartProcessAsync();

        var entry = (await Ledger.FindAsync("r1", default))!;
        Assert.Equal(("herd", "cool-down 00:10:00, budget 3 in 01:00:00", "0af7651916cd43dd8448eb211c80319c"), (entry.Group, entry.Limits, entry.OperationId));
        Assert.Equal(("ops", "it hangs"), (entry.Requester, entry.Reason));
    }

    [ContractFact]
    public async Task Intent_WithoutLimits_HasTheGroupOfTheRequestAndTakesNothing()
    {
        await Ledger.RecordIntentAsync(new RestartIntent(Request("r1", "h1")), default);

        var entry = (await Ledger.FindAsync("r1", default))!;
        Assert.Equal(("web", null), (entry.Group, entry.Limits));
        Assert.Empty(await Ledger.ListUsesAsync("web", Now - TimeSpan.FromDays(1), default));
    }

    [ContractFact]
    public async Task CoolDown_AnotherRequestForTheHost_IsRefusedUntilItsEnd_AlsoByAnotherProcess()
    {
        var limits = new RestartLimits("herd") { CoolDown = 10 * Minute };
        await RestartAsync("r1", "h1", limits);
        var ended = Now;
        PassTime(4 * Minute);
        await RestartProcessAsync();

        var refusal = await RefusalAsync("r2", "h1", limits);
        Assert.Equal((Guard.CoolDown, "cool-down 00:10:00"), (refusal.Guard, refusal.Rule));
        Near(ended + (10 * Minute), refusal.PassesAt);
        Assert.Contains("'h1'", refusal.Why, StringComparison.Ordinal);
        Assert.Contains("'r1'", refusal.Why, StringComparison.Ordinal);
        Assert.Null(await Ledger.FindAsync("r2", default));
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r3", "h2", limits));

        PassTime(6 * Minute);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r2", "h1", limits));
    }

    [ContractFact]
    public async Task CoolDown_HostsNamesInAnotherCase_AreTheSameHost()
    {
        var limits = new RestartLimits("herd") { CoolDown = 10 * Minute };
        await RestartAsync("r1", "Host-1", limits);

        Assert.Equal(Guard.CoolDown, (await RefusalAsync("r2", "host-1", limits)).Guard);
    }

    [ContractFact]
    public async Task CoolDown_WhileTheHostIsBeingRestarted_IsRefusedAndCountsFromItsEnd()
    {
        var limits = new RestartLimits("herd") { CoolDown = 10 * Minute };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        PassTime(15 * Minute);
        Assert.Equal(Guard.CoolDown, (await RefusalAsync("r2", "h1", limits)).Guard);

        await Ledger.RecordRestartedAsync("r1", 1, default);
        PassTime(9 * Minute);
        Assert.Equal(Guard.CoolDown, (await RefusalAsync("r2", "h1", limits)).Guard);
        PassTime(Minute);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r2", "h1", limits));
    }

    [ContractFact]
    public async Task CoolDown_TheSameRequest_IsADuplicateOrTriesAgain()
    {
        var limits = new RestartLimits("herd") { CoolDown = 10 * Minute };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await Ledger.RecordFailedAsync("r1", 1, "it did not come up", AttemptFailure.Issued, null, default);
        Assert.Equal(new IntentAnswer.Begun(2), await AskAsync("r1", "h1", limits));

        await Ledger.RecordIssuedAsync("r1", 2, Operation, default);
        await Ledger.RecordRestartedAsync("r1", 2, default);
        Assert.IsType<IntentAnswer.AlreadyDone>(await AskAsync("r1", "h1", limits));
    }

    [ContractFact]
    public async Task Budget_UsedUp_IsRefusedUntilTheFirstOfTheSpanIsOver_AlsoByAnotherProcess()
    {
        var limits = new RestartLimits("herd") { Budget = 2, BudgetSpan = 10 * Minute };
        await RestartAsync("r1", "h1", limits);
        var first = Now;
        PassTime(4 * Minute);
        await RestartAsync("r2", "h2", limits);
        await RestartProcessAsync();

        var refusal = await RefusalAsync("r3", "h3", limits);
        Assert.Equal((Guard.Budget, "budget 2 in 00:10:00"), (refusal.Guard, refusal.Rule));
        Near(first + (10 * Minute), refusal.PassesAt);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r4", "h4", limits with { Group = "other" }));

        PassTime(6 * Minute);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r3", "h3", limits));
        Assert.Equal(Guard.Budget, (await RefusalAsync("r5", "h5", limits)).Guard);
    }

    [ContractFact]
    public async Task Budget_EachAttemptTakesFromIt_ButForThoseThatWereNotIssued()
    {
        var limits = new RestartLimits("herd") { Budget = 2, BudgetSpan = 10 * Minute };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordFailedAsync("r1", 1, "throttled", AttemptFailure.NotIssued, null, default);
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 2, Operation, default);
        await Ledger.RecordFailedAsync("r1", 2, "it did not come up", AttemptFailure.Issued, null, default);
        Assert.Equal(new IntentAnswer.Begun(3), await AskAsync("r1", "h1", limits));

        Assert.Equal(Guard.Budget, (await RefusalAsync("r2", "h2", limits)).Guard);
    }

    [ContractFact]
    public async Task Budget_AnAttemptThatIsIssuedAfterAll_CountsAgain()
    {
        var limits = new RestartLimits("herd") { Budget = 1 };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordFailedAsync("r1", 1, "throttled", AttemptFailure.NotIssued, null, default);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);

        Assert.Equal(Guard.Budget, (await RefusalAsync("r2", "h2", limits)).Guard);
    }

    [ContractFact]
    public async Task Budget_OfDryRuns_IsAskedButNotUsed()
    {
        var limits = new RestartLimits("herd") { Budget = 1, CoolDown = Minute };
        for (var request = 0; request < 3; request++)
        {
            Assert.IsType<IntentAnswer.Begun>(await Ledger.RecordIntentAsync(new RestartIntent(Request($"d{request}", "h1"), limits, DryRun: true), default));
            await Ledger.RecordIssuedAsync($"d{request}", 1, Operation with { DryRun = true }, default);
            await Ledger.RecordRestartedAsync($"d{request}", 1, default);
        }

        await RestartAsync("r1", "h1", limits);
        Assert.Equal(
            Guard.CoolDown, Assert.IsType<IntentAnswer.Refused>(await Ledger.RecordIntentAsync(new RestartIntent(Request("d9", "h1"), limits, DryRun: true), default)).Refusal.Guard);
    }

    [ContractFact]
    public async Task Budget_OfAnIntentThatTurnsOutToBeADryRun_IsGivenBack()
    {
        var limits = new RestartLimits("herd") { Budget = 1 };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation with { DryRun = true }, default);

        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r2", "h2", limits));
    }

    [ContractFact]
    public async Task Concurrency_AsManyAsMayBe_IsRefusedUntilOneHasEnded()
    {
        var limits = new RestartLimits("herd") { Concurrency = 2 };
        await AskAsync("r1", "h1", limits);
        await AskAsync("r2", "h2", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await RestartProcessAsync();

        var refusal = await RefusalAsync("r3", "h3", limits);
        Assert.Equal((Guard.Concurrency, "concurrency 2", null), (refusal.Guard, refusal.Rule, refusal.PassesAt));

        await Ledger.RecordFailedAsync("r1", 1, "no answer", AttemptFailure.Unclear, null, default);
        Assert.Equal(Guard.Concurrency, (await RefusalAsync("r3", "h3", limits)).Guard);
        await Ledger.RecordFailedAsync("r2", 1, "denied", AttemptFailure.NotIssued, null, default);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r3", "h3", limits));
    }

    [ContractFact]
    public async Task Concurrency_ARestartThatNeverEnds_CountsForTheLongestTimeOfOne()
    {
        var limits = new RestartLimits("herd") { Concurrency = 1, LongestRestart = 20 * Minute };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        PassTime(19 * Minute);
        Assert.Equal(Guard.Concurrency, (await RefusalAsync("r2", "h2", limits)).Guard);

        PassTime(Minute);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r2", "h2", limits));
    }

    [ContractFact]
    public async Task MinHealthy_HostsBeingRestartedAndHostsThatFailed_AreNotWell()
    {
        var limits = new RestartLimits("herd") { GroupSize = 4, MinHealthy = 2, FailedFor = 30 * Minute };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await Ledger.RecordFailedAsync("r1", 1, "it did not come up", AttemptFailure.Issued, null, default);
        await RestartProcessAsync();
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r2", "h2", limits));

        var refusal = await RefusalAsync("r3", "h3", limits);
        Assert.Equal((Guard.MinHealthy, "at least 2 of 4 healthy"), (refusal.Guard, refusal.Rule));

        // The host that is not well may be restarted: that takes nobody away who is.
        await Ledger.RecordRestartedAsync("r2", 1, default);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r4", "h1", limits));
        await Ledger.RecordRestartedAsync("r4", 1, default);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r3", "h3", limits));
    }

    [ContractFact]
    public async Task MinHealthy_AFailure_CountsForAWhile()
    {
        var limits = new RestartLimits("herd") { GroupSize = 2, MinHealthy = 1, FailedFor = 30 * Minute };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await Ledger.RecordFailedAsync("r1", 1, "it did not come up", AttemptFailure.Issued, null, default);
        PassTime(29 * Minute);
        Assert.Equal(Guard.MinHealthy, (await RefusalAsync("r2", "h2", limits)).Guard);

        PassTime(Minute);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r2", "h2", limits));
    }

    [ContractFact]
    public async Task Ineffective_AfterSoManyOtherRequestsForTheHost_IsRefused()
    {
        var limits = new RestartLimits("herd") { IneffectiveAfter = 2, IneffectiveSpan = TimeSpan.FromHours(2) };
        await RestartAsync("r1", "h1", limits);
        var first = Now;
        PassTime(Minute);
        await RestartAsync("r2", "h1", limits);
        await RestartProcessAsync();

        var refusal = await RefusalAsync("r3", "h1", limits);
        Assert.Equal((Guard.Ineffective, "ineffective after 2 in 02:00:00"), (refusal.Guard, refusal.Rule));
        Near(first + TimeSpan.FromHours(2), refusal.PassesAt);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r4", "h2", limits));

        PassTime(TimeSpan.FromHours(2) - Minute);
        Assert.IsType<IntentAnswer.Begun>(await AskAsync("r3", "h1", limits));
    }

    [ContractFact]
    public async Task Ineffective_ARequestsOwnAttempts_CountForNothing()
    {
        var limits = new RestartLimits("herd") { IneffectiveAfter = 1 };
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(new IntentAnswer.Begun(attempt), await AskAsync("r1", "h1", limits));
            await Ledger.RecordIssuedAsync("r1", attempt, Operation, default);
            await Ledger.RecordFailedAsync("r1", attempt, "it did not come up", AttemptFailure.Issued, null, default);
        }

        Assert.Equal(Guard.Ineffective, (await RefusalAsync("r2", "h1", limits)).Guard);
    }

    [ContractFact]
    public async Task Limits_OfSeveralThatSayNo_TheFirstInOrderDecides()
    {
        var limits = new RestartLimits("herd") { CoolDown = 2 * Minute, Budget = 1, Concurrency = 1, GroupSize = 2, MinHealthy = 1, IneffectiveAfter = 1 };
        await AskAsync("r1", "h1", limits);
        Assert.Equal(Guard.CoolDown, (await RefusalAsync("r2", "h1", limits)).Guard);
        Assert.Equal(Guard.Budget, (await RefusalAsync("r2", "h2", limits)).Guard);
        Assert.Equal(Guard.Concurrency, (await RefusalAsync("r2", "h2", limits with { Budget = null })).Guard);
        Assert.Equal(Guard.MinHealthy, (await RefusalAsync("r2", "h2", limits with { Budget = null, Concurrency = null })).Guard);
    }

    [ContractFact]
    public async Task TakenOver_WithinLimits_TakesThemAnew()
    {
        var limits = new RestartLimits("herd") { Budget = 1, BudgetSpan = 20 * Minute };
        await AskAsync("r1", "h1", limits);
        await RestartProcessAsync();
        PassTime(15 * Minute);
        Assert.Equal(1, Assert.IsType<IntentAnswer.Interrupted>(await AskAsync("r1", "h1", limits)).Attempt);

        // It may have been issued now, and not when it was begun.
        PassTime(15 * Minute);
        Assert.Equal(Guard.Budget, (await RefusalAsync("r2", "h2", limits)).Guard);
        Assert.Single(await Ledger.ListUsesAsync("herd", Now - TimeSpan.FromDays(1), default));
    }

    [ContractFact]
    public async Task TakenOver_BeyondALimit_MayBeFoundButNotIssued()
    {
        var limits = new RestartLimits("herd") { Budget = 1, BudgetSpan = 20 * Minute };
        await AskAsync("r1", "h1", limits);
        await RestartProcessAsync();
        PassTime(21 * Minute);
        await RestartAsync("r2", "h2", limits);

        var taken = Assert.IsType<IntentAnswer.Interrupted>(await AskAsync("r1", "h1", limits));
        Assert.Equal((1, Guard.Budget), (taken.Attempt, taken.Refusal?.Guard));
        Assert.IsType<IntentAnswer.InFlightElsewhere>(await AskAsync("r1", "h1", limits));

        await Ledger.RecordFailedAsync("r1", 1, "withheld", AttemptFailure.NotIssued, null, default);
        Assert.Equal(Guard.Budget, (await RefusalAsync("r1", "h1", limits)).Guard);
        PassTime(20 * Minute);
        Assert.Equal(new IntentAnswer.Begun(2), await AskAsync("r1", "h1", limits));
    }

    [ContractFact]
    public async Task Issued_BeyondALimit_IsWatchedAllTheSame()
    {
        var limits = new RestartLimits("herd") { Budget = 1 };
        await AskAsync("r1", "h1", limits);
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await Ledger.HaltAsync("storm", "ops", default);

        Assert.IsType<IntentAnswer.AlreadyIssued>(await AskAsync("r1", "h1", limits));
    }

    [ContractFact]
    public async Task Halt_NothingBegins_UntilResume_AlsoInAnotherProcess()
    {
        Assert.Null(await Ledger.FindHaltAsync(default));
        await Ledger.HaltAsync("network maintenance", "Ada", default);
        var at = Now;
        await RestartProcessAsync();

        var refused = Assert.IsType<IntentAnswer.Refused>(await Ledger.RecordIntentAsync(new RestartIntent(Request("r1", "h1")), default));
        Assert.Equal(Guard.KillSwitch, refused.Refusal.Guard);
        Assert.Contains("network maintenance", refused.Refusal.Why, StringComparison.Ordinal);
        Assert.Contains("Ada", refused.Refusal.Why, StringComparison.Ordinal);
        Assert.Null(await Ledger.FindAsync("r1", default));
        var halt = (await Ledger.FindHaltAsync(default))!;
        Assert.Equal(("network maintenance", "Ada"), (halt.Reason, halt.By));
        Near(at, halt.At);

        Assert.True(await Ledger.ResumeAsync("Grace", default));
        Assert.False(await Ledger.ResumeAsync("Grace", default));
        Assert.IsType<IntentAnswer.Begun>(await Ledger.RecordIntentAsync(new RestartIntent(Request("r1", "h1")), default));
        Assert.Equal(
            [(true, "network maintenance", "Ada"), (false, null, "Grace")],
            (await Ledger.ListSwitchingsAsync(default)).Select(switching => (switching.Halts, switching.Reason, switching.By)));
    }

    [ContractFact]
    public async Task Halt_Again_HasTheNewReason()
    {
        await Ledger.HaltAsync("storm", "Ada", default);
        await Ledger.HaltAsync("flood", "Grace", default);

        Assert.Equal(("flood", "Grace"), ((await Ledger.FindHaltAsync(default))!.Reason, (await Ledger.FindHaltAsync(default))!.By));
        Assert.True(await Ledger.ResumeAsync("Ada", default));
        Assert.Null(await Ledger.FindHaltAsync(default));
    }

    [ContractFact]
    public async Task Halt_AnInterruptedAttempt_MayBeFoundButNotIssued()
    {
        await Ledger.RecordIntentAsync(new RestartIntent(Request("r1", "h1")), default);
        await RestartProcessAsync();
        PassTime(IntentLease);
        await Ledger.HaltAsync("storm", "Ada", default);

        var taken = Assert.IsType<IntentAnswer.Interrupted>(await Ledger.RecordIntentAsync(new RestartIntent(Request("r1", "h1")), default));

        Assert.Equal(Guard.KillSwitch, taken.Refusal?.Guard);
    }

    [ContractFact]
    public async Task Refusals_AreOneRecordForEachGuardAndRequest_AlsoForAnotherProcess()
    {
        var decision = new GuardRefusal(Guard.Window, "nights", "It is day.", Now + TimeSpan.FromHours(5));
        var refusal = new Refusal("r1", "h1", "herd", "ops", "it hangs", "trace-1", decision, "retry at night");
        var first = Now;
        await Ledger.RecordRefusalAsync(refusal, default);
        PassTime(Minute);
        await Ledger.RecordRefusalAsync(refusal with { RequestId = "r2", OperationId = null, Reason = "" }, default);
        await Ledger.RecordRefusalAsync(refusal with { Decision = decision with { Guard = Guard.Budget } }, default);
        PassTime(Minute);
        var last = refusal with { OperationId = "trace-2", Decision = decision with { Why = "It is still day." } };
        await Ledger.RecordRefusalAsync(last, default);
        await RestartProcessAsync();

        var records = new List<RefusalRecord>();
        await foreach (var record in Ledger.ListRefusalsAsync(default))
            records.Add(record);

        Assert.Equal([("r1", Guard.Window, 2), ("r2", Guard.Window, 1), ("r1", Guard.Budget, 1)], records.Select(record => (record.Last.RequestId, record.Last.Decision.Guard, record.Count)));
        Assert.Equal(("trace-2", "It is still day.", "retry at night"), (records[0].Last.OperationId, records[0].Last.Decision.Why, records[0].Last.Outcome));
        Assert.Equal(("h1", "herd", "ops", "it hangs", "nights"), (records[0].Last.Host, records[0].Last.Group, records[0].Last.Requester, records[0].Last.Reason, records[0].Last.Decision.Rule));
        Near(first, records[0].FirstAt);
        Near(first + (2 * Minute), records[0].LastAt);
        Near(first + TimeSpan.FromHours(5), records[0].Last.Decision.PassesAt);
        Assert.Null(records[1].Last.OperationId);
    }

    [ContractFact]
    public async Task Copy_OfAMessageThatWasHeldBack_TellsForHowLong_AlsoToAnotherProcess()
    {
        var copy = new PlannedCopy("m1", 7, new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), "", null, TimeSpan.FromHours(60));
        await Ledger.RecordCopyAsync(copy, default);

        await RestartProcessAsync();

        Assert.Equal(copy, await Ledger.FindCopyAsync("m1", default));
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Budget_AskedByManyAtOnce_IsNeverExceeded(int budget)
    {
        var limits = new RestartLimits("herd") { Budget = budget };
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => AskAsync($"r{n}", $"h{n}", limits))));

        Assert.Equal(budget, answers.Count(answer => answer is IntentAnswer.Begun));
        Assert.All(answers.OfType<IntentAnswer.Refused>(), refused => Assert.Equal(Guard.Budget, refused.Refusal.Guard));
    }

    [ContractFact]
    public async Task Limits_UnderManyRequestsAtOnce_AreNeverExceeded()
    {
        var limits = new RestartLimits("herd") { CoolDown = TimeSpan.FromHours(1), Concurrency = 3, GroupSize = 8, MinHealthy = 5, IneffectiveAfter = 2, Budget = 20 };
        var (running, most, restarts) = (0, 0, 0);
        var restarted = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
            {
                var (id, host) = ($"r{worker}-{n}", $"h{(worker + n) % 8}");
                if (await AskAsync(id, host, limits) is not IntentAnswer.Begun)
                    continue;
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                Interlocked.Increment(ref restarts);
                restarted.AddOrUpdate(host, 1, (_, count) => count + 1);
                await Ledger.RecordIssuedAsync(id, 1, Operation, default);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                await Ledger.RecordRestartedAsync(id, 1, default);
            }
        })));

        // Five others are to be well while one of eight is restarted: three may be at a time, as by the concurrency itself.
        Assert.InRange(most, 1, 3);
        Assert.InRange(restarts, 1, 8);
        Assert.All(restarted, host => Assert.Equal(1, host.Value));
    }

    /// <summary>Rounds of requests at the same time, with every kind of end, and time that passes between the rounds; whatever was begun is checked afterwards.</summary>
    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Limits_WhateverHappensAtTheSameTime_AreNeverExceeded(int seed)
    {
        var limits = new RestartLimits("herd") { CoolDown = 12 * Minute, Budget = 7, BudgetSpan = 30 * Minute, Concurrency = 3, LongestRestart = TimeSpan.FromDays(1) };
        var random = new Random(seed);
        var begun = new ConcurrentBag<Attempt>();
        var (running, most) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            foreach (var attempt in begun.Where(attempt => attempt is { EndedAt: null } && random.Next(3) == 0).ToList())
                await EndAsync(attempt, random.Next(2) == 0 ? UseState.Restarted : UseState.Failed);
            var acts = Enumerable.Range(0, 6).Select(act => (Number: random.Next(40), Ends: random.Next(5))).ToList();
            await Task.WhenAll(acts.Select(act => Task.Run(() => TryAsync($"r{act.Number}", $"h{act.Number % 5}", act.Ends))));
            PassTime(random.Next(1, 6) * Minute);
        }

        var issued = begun.Where(attempt => attempt.End != UseState.GivenBack).ToList();
        Assert.InRange(issued.Count, 10, 1000);
        Assert.InRange(most, 1, 3);
        Assert.All(issued, attempt => Assert.InRange(issued.Count(other => other.At > attempt.At - limits.BudgetSpan && other.At <= attempt.At), 1, 7));
        foreach (var (one, other) in issued.SelectMany(one => issued.Where(other => other.Host == one.Host && other.RequestId != one.RequestId && other.At >= one.At).Select(other => (one, other))))
            Assert.True(one.EndedAt + limits.CoolDown <= other.At, $"{other} follows {one}");

        async Task TryAsync(string id, string host, int ends)
        {
            if (await AskAsync(id, host, limits) is not IntentAnswer.Begun answer)
                return;
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            var attempt = new Attempt(id, host, answer.Attempt, Now);
            begun.Add(attempt);
            if (ends < 4)
                await EndAsync(attempt, ends switch { 0 => UseState.GivenBack, 1 => UseState.Failed, _ => UseState.Restarted });
        }

        async Task EndAsync(Attempt attempt, UseState end)
        {
            Interlocked.Decrement(ref running);
            (attempt.End, attempt.EndedAt) = (end, Now);
            if (end != UseState.GivenBack)
                await Ledger.RecordIssuedAsync(attempt.RequestId, attempt.Number, Operation, default);
            if (end == UseState.Restarted)
                await Ledger.RecordRestartedAsync(attempt.RequestId, attempt.Number, default);
            else
                await Ledger.RecordFailedAsync(attempt.RequestId, attempt.Number, "no", end == UseState.GivenBack ? AttemptFailure.NotIssued : AttemptFailure.Issued, null, default);
        }
    }

    protected static RestartRequest Request(string id, string host) => new() { RequestId = id, Host = host, Group = "web", Requester = "ops", Reason = "it hangs" };

    protected async Task<IntentAnswer> AskAsync(string id, string host, RestartLimits limits) => await Ledger.RecordIntentAsync(new RestartIntent(Request(id, host), limits), default);

    protected async Task RestartProcessAsync()
    {
        await EndProcessAsync(Ledger);
        opened = await OpenAsync();
    }

    private async Task<GuardRefusal> RefusalAsync(string id, string host, RestartLimits limits) => Assert.IsType<IntentAnswer.Refused>(await AskAsync(id, host, limits)).Refusal;

    private async Task RestartAsync(string id, string host, RestartLimits limits)
    {
        Assert.IsType<IntentAnswer.Begun>(await AskAsync(id, host, limits));
        await Ledger.RecordIssuedAsync(id, 1, Operation, default);
        await Ledger.RecordRestartedAsync(id, 1, default);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }

    private sealed record Attempt(string RequestId, string Host, int Number, DateTimeOffset At)
    {
        public UseState End { get; set; }

        public DateTimeOffset? EndedAt { get; set; }
    }

    // A server's clock may run while a test does.
    private static void Near(DateTimeOffset expected, DateTimeOffset? actual) =>
        Assert.InRange(actual ?? throw new InvalidOperationException("There is no time."), expected - TimeSpan.FromSeconds(20), expected + TimeSpan.FromSeconds(20));
}
