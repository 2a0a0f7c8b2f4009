using Azure.Messaging.ServiceBus;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Model.Checks;
using Mayhem.Model.Histories;
using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Model.Worlds;

/// <summary>One delivery in the hands of one process: what the world saw of it.</summary>
internal sealed class DeliveryRun
{
    private static readonly AsyncLocal<DeliveryRun?> Running = new();

    private readonly List<ExceptionReport> reports = [];
    private volatile bool hasEnded;
    private int hanging;

    public DeliveryRun(World world, WorkerProcess process, ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        World = world;
        Process = process;
        Message = message;
        Receiver = receiver;
        RootId = MessageProperties.Text(message.ApplicationProperties, MessageProperties.RootId) ?? message.MessageId;
        Request = RestartRequestParser.Parse(message.Body) is ParseResult.Readable readable ? readable.Request : null;
        BudgetBefore = AttemptBudget.Parse(MessageProperties.Text(message.ApplicationProperties, MessageProperties.Budgets));
        Budget = BudgetBefore;
        BrokerLockEnd = world.Now + world.Variant.LockDuration;
    }

    /// <summary>The delivery on whose behalf the running code runs.</summary>
    public static DeliveryRun Current
    {
        get => Running.Value ?? throw new InvalidOperationException("No delivery is being processed here.");
        set => Running.Value = value;
    }

    public World World { get; }

    public WorkerProcess Process { get; }

    public ServiceBusReceivedMessage Message { get; }

    public ServiceBusReceiver Receiver { get; }

    public string RootId { get; }

    /// <summary>What the body asks for; null if it is no request.</summary>
    public RestartRequest? Request { get; }

    public bool HasStarted { get; private set; }

    public bool HasEnded => hasEnded;

    /// <summary>How many of its calls hang, renewals aside.</summary>
    public int Hanging => Volatile.Read(ref hanging);

    public bool IsRunning => HasStarted && !HasEnded && !Process.IsDead;

    public bool StartedInDrain { get; private set; }

    public bool StartedAtEnd { get; private set; }

    public bool LockHadExpired { get; private set; }

    public bool IsCancelled { get; set; }

    /// <summary>Cancels the invocation.</summary>
    public Func<Task>? Cancel { get; set; }

    /// <summary>When the broker lets go of the lock, by the monotonic clock.</summary>
    public TimeSpan BrokerLockEnd { get; private set; }

    /// <summary>Until when the process may believe that it has the lock.</summary>
    public TimeSpan BelievedLockEnd { get; private set; } = TimeSpan.MaxValue;

    public TimeSpan StartedAt { get; private set; }

    public bool LockIsLost { get; private set; }

    /// <summary>True if the process has had the time to see that its lock is lost.</summary>
    public bool LossIsKnown { get; private set; }

    public bool CeilingIsReached { get; private set; }

    /// <summary>True if the lock may run out at the broker without anybody being to blame.</summary>
    public bool LostLockIsExcused { get; private set; }

    public bool KnowsDeaths { get; set; }

    /// <summary>The ledger said that a process died while it handled the message alone.</summary>
    public bool IsFoundOnTrial { get; set; }

    public TrialStage Trial { get; set; }

    /// <summary>When its first attempt began; null if none has.</summary>
    public TimeSpan? FirstAttemptAt { get; private set; }

    public bool IssueIsOnRecord { get; set; }

    public bool IsOnRecordAsUnsettled { get; set; }

    public bool MayBeOnRecordAsUnsettled { get; set; }

    /// <summary>Its process died while it was handled, and nothing else is known of its end.</summary>
    public bool KilledItsProcess =>
        HasStarted && !MayBeOnRecordAsUnsettled && (Settlement is null || IsGivenUpByProcess || !Settlement.Arrived)
        && ((Process.IsDead && !HasEnded) || IsGivenUpByProcess);

    /// <summary>It was abandoned because its process could not go on.</summary>
    public bool IsGivenUpByProcess => Settlement is { Call: Call.Abandon } settlement && !settlement.Properties.ContainsKey(MessageProperties.Abandons);

    /// <summary>True if what it failed with ends the process.</summary>
    public bool EndsProcess => FatalSave is not null || (Failure is { } failure && Rulebook.Of(failure.Exception).EndsProcess);

    /// <summary>The next delivery can see that this one did not kill its process.</summary>
    public bool IsAccountedFor => IsOnRecordAsUnsettled || (Settlement is { Call: Call.Abandon, Arrived: true } && !IsGivenUpByProcess);

    /// <summary>The attempts used up before this delivery, and with those that have failed in it.</summary>
    public AttemptBudget BudgetBefore { get; }

    public AttemptBudget Budget { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>True if an earlier delivery was about to schedule a copy.</summary>
    public bool IsPlanned { get; private set; }

    /// <summary>True if the ledger could not tell that.</summary>
    public bool PlanIsUnknown { get; set; }

    /// <summary>True if that was on record when the delivery was started.</summary>
    public bool WasPlannedAtStart { get; private set; }

    /// <summary>True if the rule of the last failure, in an earlier delivery, allows no further attempt.</summary>
    public bool IsUsedUp { get; private set; }

    /// <summary>True if the attempt may go no further than what was begun before.</summary>
    public bool HasLooked { get; private set; }

    /// <summary>True if the request's time had passed when the attempt began.</summary>
    public bool WasStale { get; private set; }

    /// <summary>How much longer it may wait under this lock: half of the longest time is kept for the work.</summary>
    public TimeSpan Patience => StartedAt + (Variant.MaxLockDuration / 2) - World.Now;

    /// <summary>What an earlier delivery, which was broken off, was waiting for.</summary>
    public DateTimeOffset? NotBefore => MessageProperties.Time(Message.ApplicationProperties, MessageProperties.NotBefore);

    public AttemptEnd End { get; private set; }

    public SeenFailure? Failure { get; private set; }

    public Exception? FatalSave { get; private set; }

    public List<SeenFailure> Failures { get; } = [];

    /// <summary>Those that are to be reported.</summary>
    public List<SeenFailure> CountedFailures { get; } = [];

    public ScheduledCopy? Copy { get; private set; }

    public bool CopyIsAcknowledged { get; set; }

    public SettlementTry? Settlement { get; private set; }

    public TimeSpan SettledAt { get; private set; }

    public IReadOnlyList<ExceptionReport> Reported => reports;

    public bool StopWasAsked => IsCancelled || Process.StopsHandlers;

    public void ExcuseLostLock() => LostLockIsExcused = true;

    public void Starts()
    {
        HasStarted = true;
        StartedAt = World.Now;
        StartedInDrain = Process.IsDraining;
        StartedAtEnd = Process.IsEnding;
        var remaining = Message.LockedUntil - World.Clock.GetUtcNow();
        LockHadExpired = remaining <= TimeSpan.Zero;
        WasPlannedAtStart = Message.DeliveryCount > 1 && World.LedgerOnDisk().FindCopy(Message.MessageId)?.SequenceNumber == Message.SequenceNumber;
        BelievedLockEnd = StartedAt + remaining;

        // A lock is not renewed where there is nothing to do, and not in time where the wall clock was set since the broker said when it ends.
        var left = BrokerLockEnd - StartedAt;
        if (StartedInDrain || StartedAtEnd || LockHadExpired || left < TimeSpan.FromMilliseconds(500) || remaining > left)
            LostLockIsExcused = true;
        if (remaining > World.Variant.LockDuration && World.Variant.KnowsLockDuration)
            BelievedLockEnd = StartedAt + World.Variant.LockDuration;
    }

    public void Ends(Exception? thrown)
    {
        Watch();
        World.Books.Ended(this, thrown);
        hasEnded = true;
    }

    public void Hangs(int more) => Interlocked.Add(ref hanging, more);

    /// <summary>Time has passed.</summary>
    public void Watch() => LockIsLost |= World.Now >= BelievedLockEnd;

    /// <summary>The process is about to look at its locks.</summary>
    public void LooksAtLock()
    {
        Watch();
        LossIsKnown |= LockIsLost;
        CeilingIsReached |= !LossIsKnown && World.Now >= StartedAt + Variant.MaxLockDuration;
    }

    /// <summary>An attempt begins with a look at the ledger, for it may not go all the way.</summary>
    public void Looks()
    {
        BeginsAttempt();
        HasLooked = true;
    }

    public void BeginsAttempt()
    {
        if (HasLooked && End == AttemptEnd.None)
            return;
        HasLooked = false;
        Settle();
        World.Books.CheckAttempt(this);
        Attempts++;
        FirstAttemptAt ??= World.Now;
        WasStale = Request?.NotAfter < World.Clock.GetUtcNow();
        (End, Failure, FatalSave) = (AttemptEnd.None, null, null);
        IssueIsOnRecord = true;
    }

    /// <summary>An earlier delivery was about to schedule a copy: nothing is tried any more.</summary>
    public void HasPlanned(PlannedCopy copy)
    {
        IsPlanned = true;
        Budget = AttemptBudget.Parse(copy.Budgets);
    }

    /// <summary>An earlier delivery has recorded a failure, and could perhaps not write it on the message.</summary>
    public void Recalls(RecordedFailure failure)
    {
        var recorded = AttemptBudget.Parse(failure.Budgets);
        if (recorded.Failures <= Budget.Failures)
            return;
        Budget = recorded;
        IsUsedUp = Rulebook.Named(failure.Rule) is { } rule && Budget.Used(rule.Name) >= rule.MaxAttempts;
    }

    public void Hears(IntentAnswer answer) => End = answer switch
    {
        IntentAnswer.AlreadyDone => AttemptEnd.Done,
        IntentAnswer.InFlightElsewhere => AttemptEnd.ElsewhereInFlight,
        _ => AttemptEnd.None,
    };

    public void Succeeds() => End = AttemptEnd.Done;

    public void Fails(Exception failure)
    {
        End = AttemptEnd.Failed;
        Failure = new SeenFailure(failure, World.Clock.GetUtcNow(), World.Now);
    }

    public void FailsToRecordIntent(Exception failure) => Fails(failure is OperationCanceledException ? failure : new IntentNotRecordedException("", failure));

    public void FailsToLook(Exception failure) => Fails(failure is OperationCanceledException ? failure : new LedgerNotReadException("", failure));

    public void FailsToRecordOutcome(Exception failure)
    {
        if (IssueIsOnRecord)
            Succeeds();
        else
            Fails(new OutcomeNotRecordedException("", failure));
    }

    public Exception FailsToSave(Flaw flaw)
    {
        var failure = Doubles.Flaws.Make(flaw);
        if (flaw == Flaw.OutOfMemory)
            FatalSave = failure;
        return failure;
    }

    public void BeginsRenewal()
    {
        if (Settlement is not null || HasEnded)
            World.Violations.Add($"{this} renews its lock after its settlement");
    }

    public void BrokerRenewed() => BrokerLockEnd = World.Now + World.Variant.LockDuration;

    public void Renewed(TimeSpan startedAt)
    {
        if (!LockIsLost && startedAt + World.Variant.LockDuration > BelievedLockEnd)
            BelievedLockEnd = startedAt + World.Variant.LockDuration;
    }

    public void Schedules(ServiceBusMessage message, DateTimeOffset dueAt)
    {
        Settle();
        if (Copy is not null)
            World.Violations.Add($"{this} schedules a second copy");
        if (Settlement is not null)
            World.Violations.Add($"{this} schedules a copy after it was settled");
        Copy = new ScheduledCopy(
            message.MessageId, dueAt, World.Clock.GetUtcNow(), message.TimeToLive, new Dictionary<string, object>(message.ApplicationProperties, StringComparer.Ordinal));
        World.Books.CheckCopy(this, message);
    }

    public void Settles(SettlementTry settlement, CancellationToken cancellationToken)
    {
        if (Settlement is not null)
            World.Violations.Add($"{this} is settled twice: {Settlement.Call}, then {settlement.Call}");
        if (cancellationToken.CanBeCanceled)
            World.Violations.Add($"{this}: its settlement can be cancelled");
        Settlement = settlement;
        SettledAt = World.Now;
        Settle();
        World.Books.CheckSettlement(this, settlement);
    }

    public void Reports(ExceptionReport report)
    {
        reports.Add(report);
        World.Books.CheckReport(this, report);
    }

    /// <summary>Counts the failure of the attempt that ended last, once it is clear how it is to be taken.</summary>
    public void Settle()
    {
        Watch();
        if (Failure is not { } failure || Failures.Contains(failure))
            return;
        Failures.Add(failure);
        if (FatalSave is not null || IsNoFailure(failure.Exception))
            return;
        CountedFailures.Add(failure);
        if (Rulebook.Of(failure.Exception) is { MaxAttempts: > 0 } rule)
            Budget = Budget.Spend(rule.Name);
    }

    /// <summary>True for what is the end of the lock or of the process, and counts for nothing.</summary>
    public bool IsNoFailure(Exception exception) =>
        !Rulebook.Of(exception).EndsProcess
        && ((LossIsKnown && !CeilingIsReached) || (StopWasAsked && exception is OperationCanceledException));

    /// <inheritdoc />
    public override string ToString() => $"delivery {Message.DeliveryCount} of {Message.MessageId}";
}
