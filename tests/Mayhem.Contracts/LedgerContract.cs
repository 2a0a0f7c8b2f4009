using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Contracts;

/// <summary>What every ledger does. A deriving class says how to open one, end its process and let time pass.</summary>
public abstract class LedgerContract : IAsyncLifetime
{
    private static readonly IssuedRestart Operation = new("op-1", OldProcessId: 10, NewProcessId: 11);
    private ILedger? opened;

    protected ILedger Ledger => opened ?? throw new InvalidOperationException("The ledger is not open yet.");

    /// <summary>The lease of an intent in the ledger that <see cref="OpenAsync"/> opens.</summary>
    protected abstract TimeSpan IntentLease { get; }

    /// <summary>Opens the ledger of this test, empty at first, as a process with a new owner id.</summary>
    protected abstract Task<ILedger> OpenAsync();

    /// <summary>Ends the process that has the ledger open. What it had recorded stays.</summary>
    protected abstract Task EndProcessAsync(ILedger ledger);

    protected abstract void PassTime(TimeSpan by);

    public async Task InitializeAsync() => opened = await OpenAsync();

    public virtual async Task DisposeAsync() => await EndProcessAsync(Ledger);

    [ContractFact]
    public async Task Trial_IsOnRecordUntilItIsOutlived_AlsoInAnotherProcess()
    {
        Assert.False(await Ledger.IsOnTrialAsync("m1#7", default));
        await Ledger.RecordTrialAsync("m1#7", outlived: false, default);
        await Ledger.RecordTrialAsync("m1#7", outlived: false, default);
        await RestartProcessAsync();
        Assert.Equal((true, false), (await Ledger.IsOnTrialAsync("m1#7", default), await Ledger.IsOnTrialAsync("m1#8", default)));

        await Ledger.RecordTrialAsync("m1#7", outlived: true, default);
        await Ledger.RecordTrialAsync("m1#8", outlived: true, default);
        Assert.False(await Ledger.IsOnTrialAsync("m1#7", default));
        await RestartProcessAsync();
        Assert.False(await Ledger.IsOnTrialAsync("m1#7", default));
    }

    [ContractFact]
    public async Task Intent_OfANewRequest_BeginsAttempt1()
    {
        Assert.Equal(new IntentAnswer.Begun(1), await AskAsync());
        Assert.Equal((RestartState.Intent, 1), await StateAsync());
    }

    [ContractFact]
    public async Task Intent_WhileAnotherIsYoung_IsInFlightElsewhereForTheRestOfTheLease()
    {
        await AskAsync();
        PassTime(IntentLease / 4);

        var elsewhere = Assert.IsType<IntentAnswer.InFlightElsewhere>(await AskAsync());

        Assert.InRange(elsewhere.AskAgainAfter, TimeSpan.FromSeconds(1), IntentLease);
    }

    [ContractFact]
    public async Task Intent_AtTheVeryEndOfALease_WaitsAtLeastASecond()
    {
        await AskAsync();
        PassTime(IntentLease - TimeSpan.FromMilliseconds(1));

        var elsewhere = Assert.IsType<IntentAnswer.InFlightElsewhere>(await AskAsync());

        Assert.Equal(TimeSpan.FromSeconds(1), elsewhere.AskAgainAfter);
    }

    [ContractFact]
    public async Task Intent_AfterTheLease_TakesTheSameAttemptOverOnce()
    {
        await AskAsync();
        PassTime(IntentLease);

        Assert.Equal(new IntentAnswer.Interrupted(1, (await EntryAsync()).IntentAt), await AskAsync());
        Assert.IsType<IntentAnswer.InFlightElsewhere>(await AskAsync());
        Assert.Equal((RestartState.Intent, 1), await StateAsync());
    }

    [ContractFact]
    public async Task Intent_AskedByManyAtOnce_BeginsOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(AskAsync)));

        Assert.Single(answers, answer => answer is IntentAnswer.Begun);
        Assert.Equal(49, answers.Count(answer => answer is IntentAnswer.InFlightElsewhere));
    }

    [ContractFact]
    public async Task Intent_AfterTheEndOfItsProcess_IsInterruptedWithTheSameAttempt()
    {
        await AskAsync();
        await RestartProcessAsync();
        PassTime(IntentLease);

        Assert.Equal(new IntentAnswer.Interrupted(1, (await EntryAsync()).IntentAt), await AskAsync());
    }

    [ContractFact]
    public async Task Intent_AfterAFailure_BeginsTheNextAttemptAndForgetsTheOldOne()
    {
        await AskAsync();
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await Ledger.RecordFailedAsync("r1", 1, "RestartFailedException: it did not come up", AttemptFailure.Issued, null, default);
        var failed = await EntryAsync();
        Assert.Equal((RestartState.Failed, "RestartFailedException: it did not come up"), (failed.State, failed.Error));
        Assert.NotNull(failed.EndedAt);

        Assert.Equal(new IntentAnswer.Begun(2), await AskAsync());
        await Ledger.RecordFailedAsync("r1", 1, "RestartFailedException: told late by another watcher", AttemptFailure.Issued, null, default);
        Assert.False(await Ledger.RecordRestartedAsync("r1", 1, default));
        Assert.IsType<IntentAnswer.InFlightElsewhere>(await AskAsync());

        var begun = await EntryAsync();
        Assert.Equal((RestartState.Intent, 2), (begun.State, begun.Attempts));
        Assert.Equal((null, null, null, null), (begun.Issued, begun.IssuedAt, begun.EndedAt, begun.Error));
    }

    [ContractFact]
    public async Task Intent_AfterAnAmbiguousFailure_IsInterruptedAtOnce()
    {
        await AskAsync();
        await Ledger.RecordFailedAsync("r1", 1, "AmbiguousRestartException: no answer", AttemptFailure.Unclear, null, default);
        Assert.Equal((RestartState.Interrupted, 1), await StateAsync());

        Assert.Equal(new IntentAnswer.Interrupted(1, (await EntryAsync()).IntentAt), await AskAsync());
    }

    [ContractFact]
    public async Task Intent_OfAnIssuedRestart_GoesOnWatchingIt_AlsoInAnotherProcess()
    {
        await AskAsync();
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        Assert.Equal(new IntentAnswer.AlreadyIssued(1, Operation, (await EntryAsync()).IntentAt), await AskAsync());

        await RestartProcessAsync();

        Assert.Equal(new IntentAnswer.AlreadyIssued(1, Operation, (await EntryAsync()).IntentAt), await AskAsync());
    }

    [ContractFact]
    public async Task Intent_AfterARestart_IsAlreadyDone_AlsoInAnotherProcess()
    {
        await AskAsync();
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await Ledger.RecordRestartedAsync("r1", 1, default);
        Assert.IsType<IntentAnswer.AlreadyDone>(await AskAsync());

        await RestartProcessAsync();

        var done = Assert.IsType<IntentAnswer.AlreadyDone>(await AskAsync());
        Assert.Equal((RestartState.Restarted, Operation), (done.Entry.State, done.Entry.Issued));
        Assert.NotNull(done.Entry.EndedAt);
    }

    [ContractFact]
    public async Task Restarted_OfADryRun_WouldRestart()
    {
        await AskAsync();
        await Ledger.RecordIssuedAsync("r1", 1, Operation with { DryRun = true }, default);
        await Ledger.RecordRestartedAsync("r1", 1, default);

        Assert.Equal(RestartState.WouldRestart, Assert.IsType<IntentAnswer.AlreadyDone>(await AskAsync()).Entry.State);
    }

    [ContractFact]
    public async Task Records_AfterARestart_ChangeItNoMore()
    {
        await AskAsync();
        await Ledger.RecordIssuedAsync("r1", 1, Operation, default);
        await Ledger.RecordRestartedAsync("r1", 1, default);
        var done = await EntryAsync();

        await Ledger.RecordFailedAsync("r1", 1, "TimeoutException: late", AttemptFailure.Issued, null, default);
        await Ledger.RecordIssuedAsync("r1", 1, Operation with { Operation = "op-2" }, default);
        await Ledger.RecordRestartedAsync("r1", 1, default);

        Assert.Equal(done, await EntryAsync());
    }

    [ContractFact]
    public async Task Records_WithoutAnIntent_AreRefusedByName()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Ledger.RecordIssuedAsync("r9", 1, Operation, default));

        Assert.Contains("'r9'", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await Ledger.FindAsync("r9", default));
    }

    [ContractFact]
    public async Task Unsettled_IsCountedOncePerDelivery_AlsoAfterTheEndOfTheProcess()
    {
        await Ledger.RecordUnsettledAsync("m1", 1, default);
        await Ledger.RecordUnsettledAsync("m1", 1, default);
        await Ledger.RecordUnsettledAsync("m1", 3, default);
        await Ledger.RecordUnsettledAsync("m2", 1, default);

        await RestartProcessAsync();

        Assert.Equal(2, await Ledger.CountUnsettledAsync("m1", default));
        Assert.Equal(1, await Ledger.CountUnsettledAsync("m2", default));
        Assert.Equal(0, await Ledger.CountUnsettledAsync("m3", default));
    }

    [ContractFact]
    public async Task Copy_TheLastOneOfAMessage_IsFound_AlsoByAnotherProcess()
    {
        var due = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var last = new PlannedCopy("m1", 7, due, "System.TimeoutException=2", "[]");
        Assert.Null(await Ledger.FindCopyAsync("m1", default));
        await Ledger.RecordCopyAsync(last with { DueAt = due.AddMinutes(-1), History = null }, default);
        await Ledger.RecordCopyAsync(last, default);
        await Ledger.RecordCopyAsync(last with { MessageId = "m2" }, default);

        await RestartProcessAsync();

        Assert.Equal(last, await Ledger.FindCopyAsync("m1", default));
        Assert.Null(await Ledger.FindCopyAsync("m3", default));
    }

    [ContractFact]
    public async Task Failure_TheLastOneOfAMessage_IsFound_AlsoByAnotherProcess()
    {
        var last = new RecordedFailure("m1#7", "System.TimeoutException", "System.TimeoutException", "TimeoutException: late", "f00d", "System.TimeoutException=2", "[]");
        Assert.Null(await Ledger.FindFailureAsync("m1#7", default));
        await AskAsync();
        await Ledger.RecordFailedAsync("r1", 1, last.Error, AttemptFailure.Issued, last with { Budgets = "System.TimeoutException=1", History = null }, default);
        await AskAsync();
        await Ledger.RecordFailedAsync("r1", 2, last.Error, AttemptFailure.Issued, last, default);
        await AskAsync();
        await Ledger.RecordFailedAsync("r1", 3, "withheld", AttemptFailure.Issued, null, default);

        await RestartProcessAsync();

        Assert.Equal(last, await Ledger.FindFailureAsync("m1#7", default));
        Assert.Null(await Ledger.FindFailureAsync("m1#8", default));
    }

    [ContractFact]
    public async Task Failure_OfAnAttemptThatALaterOneFollowed_StillCountsForItsMessage()
    {
        var late = new RecordedFailure("m2#8", "System.TimeoutException", "System.TimeoutException", "TimeoutException: late", "f00d", "System.TimeoutException=1", null);
        await AskAsync();
        await Ledger.RecordFailedAsync("r1", 1, late.Error, AttemptFailure.Issued, late with { Message = "m1#7" }, default);
        Assert.Equal(new IntentAnswer.Begun(2), await AskAsync());
        await Ledger.RecordFailedAsync("r1", 1, late.Error, AttemptFailure.Issued, late, default);

        await RestartProcessAsync();

        Assert.Equal(late, await Ledger.FindFailureAsync("m2#8", default));
        Assert.Equal(2, (await EntryAsync()).Attempts);
        Assert.Null((await EntryAsync()).Error);
    }

    [ContractFact]
    public async Task Intent_OfSomebodyWhoDoesNotKnowTheLastFailureOfItsMessage_BeginsNothing()
    {
        var last = new RecordedFailure("m1#7", "System.TimeoutException", "System.TimeoutException", "TimeoutException: late", "f00d", "System.TimeoutException=2", "[]");
        await AskAsync();
        await Ledger.RecordFailedAsync("r1", 1, last.Error, AttemptFailure.Issued, last, default);

        var behind = new RestartIntent(Request("r1"), Known: new KnownFailures("m1#7", 1));
        var soon = Assert.IsType<IntentAnswer.InFlightElsewhere>(await Ledger.RecordIntentAsync(behind, default));

        Assert.InRange(soon.AskAgainAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal((RestartState.Failed, 1), await StateAsync());
        Assert.Equal(new IntentAnswer.Begun(2), await Ledger.RecordIntentAsync(behind with { Known = new KnownFailures("m1#7", 2) }, default));
    }

    [ContractFact]
    public async Task List_IsInTheOrderOfTheFirstIntent()
    {
        foreach (var id in new[] { "b", "c", "a" })
            await AskAsync(id);
        await Ledger.RecordFailedAsync("b", 1, "x", AttemptFailure.Issued, null, default);
        await AskAsync("b");

        await RestartProcessAsync();

        var ids = new List<string>();
        await foreach (var entry in Ledger.ListAsync(default))
            ids.Add(entry.RequestId);
        Assert.Equal(["b", "c", "a"], ids);
    }

    [ContractTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_BeforeOrAfterTheIntent_AddsTheDetails(bool before)
    {
        var archive = (IRequestArchive)Ledger;
        if (!before)
            await AskAsync();
        await archive.SaveAsync(Request("r1"), "root-1", default);
        if (before)
            await AskAsync();

        var entry = await EntryAsync();
        Assert.Equal(("ops", "it hangs", "root-1"), (entry.Requester, entry.Reason, entry.MessageId));
        Assert.Equal(("cattle-0001", "web"), (entry.Host, entry.Group));
    }

    protected static RestartRequest Request(string id) => new() { RequestId = id, Host = "cattle-0001", Group = "web", Requester = "ops", Reason = "it hangs" };

    protected async Task RestartProcessAsync()
    {
        await EndProcessAsync(Ledger);
        opened = await OpenAsync();
    }

    private async Task<IntentAnswer> AskAsync(string id) => await Ledger.RecordIntentAsync(new RestartIntent(Request(id)), default);

    private Task<IntentAnswer> AskAsync() => AskAsync("r1");

    private async Task<LedgerEntry> EntryAsync() => await Ledger.FindAsync("r1", default) ?? throw new InvalidOperationException("There is no entry.");

    private async Task<(RestartState State, int Attempts)> StateAsync()
    {
        var entry = await EntryAsync();
        return (entry.State, entry.Attempts);
    }
}
