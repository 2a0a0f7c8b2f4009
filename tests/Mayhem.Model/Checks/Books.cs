using Azure.Messaging.ServiceBus;
using Mayhem.Failures;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Model.Histories;
using Mayhem.Model.Worlds;
using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;

namespace Mayhem.Model.Checks;

/// <summary>Checks every act of the application when it acts, and remembers what later checks need.</summary>
internal sealed class Books(World world)
{
    private readonly HashSet<string> accepted = new(StringComparer.Ordinal);
    private readonly HashSet<string> finished = new(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly List<DeliveryRun> deliveries = [];

    /// <summary>The ids of all messages that the broker has accepted from senders.</summary>
    public IReadOnlySet<string> Accepted => accepted;

    public bool IsFinished(string rootId) => finished.Contains(rootId);

    public void Accept(string messageId) => accepted.Add(messageId);

    public void Delivered(DeliveryRun run) => deliveries.Add(run);

    /// <summary>How many processes have died on the message at most.</summary>
    public int MostDeaths(DeliveryRun run) => CarriedDeaths(run) + Earlier(run).Count(earlier => !earlier.IsAccountedFor);

    /// <summary>The ledger has answered whether a process died while it handled the message alone.</summary>
    public void CheckTrial(DeliveryRun run)
    {
        if (run.IsFoundOnTrial && Earlier(run).All(earlier => earlier.Trial is TrialStage.None or TrialStage.Outlived))
            world.Violations.Add($"{run} is on trial by the ledger, and has not been alone");
        if (!run.IsFoundOnTrial && Earlier(run).Any(earlier => earlier is { Trial: TrialStage.Begun }))
            world.Violations.Add($"{run} is not on trial by the ledger, though a process died while it was alone");
    }

    /// <summary>A delivery begins to be handled alone.</summary>
    public void CheckAlone(DeliveryRun run)
    {
        if (MostDeaths(run) < Variant.CrashLimit - 1)
            world.Violations.Add($"{run} is handled alone after {MostDeaths(run)} deaths");
        foreach (var other in Beside(run).Where(other => world.Now - other.FirstAttemptAt < Quarantine.Probation))
            world.Violations.Add($"{run} is to be handled alone, beside {other}");
    }

    public void CheckAttempt(DeliveryRun run)
    {
        if (run.Request is null)
            world.Violations.Add($"{run} is handled though it is no request");
        if (run.StartedInDrain || run.StartedAtEnd || run.LockHadExpired)
            world.Violations.Add($"{run} is handled though it must not be started");
        if (run.IsPlanned || run is { Attempts: 0, PlanIsUnknown: false, WasPlannedAtStart: true })
            world.Violations.Add($"{run} is handled though its copy may have been scheduled");
        if (run.Attempts > 0 && !Expectations.MayRepeat(run))
            world.Violations.Add($"{run} is tried again in place after {run.End} {run.Failure?.Exception.GetType().Name} [{run.Budget}]");
    }

    public void CheckIssue(RestartOrder order)
    {
        var run = DeliveryRun.Current;
        if (run is { KnowsDeaths: true, IsFoundOnTrial: true } && FewestDeaths(run) >= Variant.CrashLimit)
            world.Violations.Add($"{run} is handled though {FewestDeaths(run)} processes have died on it");
        if (run is { KnowsDeaths: true, Trial: TrialStage.None } && FewestDeaths(run) >= Variant.CrashLimit - 1)
            world.Violations.Add($"{run} is handled beside others though {FewestDeaths(run)} processes have died on it");
        if (run.FirstAttemptAt == world.Now && Beside(run).FirstOrDefault(other => other.Trial == TrialStage.Begun && other.FirstAttemptAt < world.Now) is { } alone)
            world.Violations.Add($"{run} begins beside {alone}, which is to be alone");
        if (run.IsUsedUp)
            world.Violations.Add($"{run} is handled though its attempts are used up [{run.Budget}]");
        if (run.WasStale)
            world.Violations.Add($"{run} restarts a host though its time has passed");
        var entry = world.LedgerOnDisk().Find(order.Request.RequestId);
        if (entry is null || entry.Attempts != order.Attempt || entry.State != RestartState.Intent)
            world.Violations.Add($"{order.Request.RequestId} is restarted as attempt {order.Attempt} with no intent on record, but {entry?.State} of attempt {entry?.Attempts}");
    }

    public void CheckCopy(DeliveryRun run, ServiceBusMessage copy)
    {
        var original = run.Message;
        var number = MessageProperties.Number(original.ApplicationProperties, MessageProperties.Copy) + 1;
        var properties = new Dictionary<string, object>(copy.ApplicationProperties, StringComparer.Ordinal);
        Require(copy.MessageId == $"{run.RootId}:{original.SequenceNumber}:r{number}", $"the copy's id is {copy.MessageId}");
        Require(MessageProperties.Text(properties, MessageProperties.RootId) == run.RootId, "the copy does not carry the root id");
        Require(MessageProperties.Number(properties, MessageProperties.Copy) == number, "the copy does not carry its number");
        Require(
            MessageProperties.Text(properties, MessageProperties.FirstEnqueuedAt) ==
            (MessageProperties.Text(original.ApplicationProperties, MessageProperties.FirstEnqueuedAt) ?? original.EnqueuedTime.ToString("O")), "the copy forgets when the first was sent");
        var left = original.ExpiresAt == DateTimeOffset.MaxValue ? TimeSpan.MaxValue : original.ExpiresAt - run.Copy!.DueAt;
        Require(copy.TimeToLive == left, $"the copy lives for {copy.TimeToLive}, and {left} is left");
        Require(copy.CorrelationId == original.CorrelationId && copy.Subject == original.Subject && copy.ContentType == original.ContentType
            && copy.ReplyTo == original.ReplyTo && copy.SessionId == original.SessionId && copy.Body.ToArray().AsSpan().SequenceEqual(original.Body.ToArray()), "the copy lacks a field of the sender's");
        Require(MessageProperties.Text(properties, World.Note) == MessageProperties.Text(original.ApplicationProperties, World.Note), "the copy lacks a property of the sender's");
        Require(!properties.ContainsKey(MessageProperties.Abandons) && !properties.ContainsKey("Diagnostic-Id"), "the copy carries what belongs to the original");
        var deaths = MessageProperties.Number(properties, MessageProperties.Deaths);
        Require(deaths == 0 || (run.Failures.Count == 0 && deaths < Variant.CrashLimit && deaths <= MostDeaths(run)), $"the copy carries {deaths} deaths");
        Require(run is { Attempts: > 0 } or { IsPlanned: true } or { KnowsDeaths: false } || deaths >= Math.Min(FewestDeaths(run), Variant.CrashLimit - 1), $"the copy carries only {deaths} deaths");
        var budget = AttemptBudget.Parse(MessageProperties.Text(properties, MessageProperties.Budgets));
        CheckEnd(run, new Expectation(Call.Complete, WithCopy: true, null, budget));
        if (Expectations.Due(run) is var (earliest, latest))
            Require(run.Copy!.DueAt >= earliest && run.Copy.DueAt <= latest, $"the copy is due at {run.Copy!.DueAt:T}, not between {earliest:T} and {latest:T}");

        void Require(bool holds, string otherwise)
        {
            if (!holds)
                world.Violations.Add($"{run}: {otherwise}");
        }
    }

    public void CheckSettlement(DeliveryRun run, SettlementTry settlement)
    {
        if (run.LockIsLost || (world.Now >= run.BrokerLockEnd && !run.LostLockIsExcused))
            world.Violations.Add($"{run} is settled ({settlement.Call}) after its lock was lost");
        if (run.Copy is not null && !run.CopyIsAcknowledged)
            world.Violations.Add($"{run} is settled ({settlement.Call}) though its copy is not acknowledged");
        if (settlement.Call == Call.Complete)
        {
            CheckEnd(run, run.Copy is null ? Expectation.Complete(run.Budget) : null);
            return;
        }

        var budget = AttemptBudget.Parse(MessageProperties.Text(settlement.Properties, MessageProperties.Budgets) ?? run.BudgetBefore.ToString());
        CheckEnd(run, new Expectation(settlement.Call, WithCopy: false, settlement.Reason, budget, !run.IsGivenUpByProcess));
        if (settlement.Call == Call.DeadLetter)
            CheckDeadLetter(run, settlement);
    }

    /// <summary>The broker has carried out a settlement.</summary>
    public void Settled(DeliveryRun run, SettlementTry settlement)
    {
        if (settlement.Call != Call.Complete || run.Copy is not null)
            return;
        finished.Add(run.RootId);
        if (run.Request is not { RequestId: var request })
            return;
        if (!world.Hosts.EndedWell(request))
            world.Violations.Add($"{run} is completed though its host was not restarted");
        if (world.LedgerOnDisk().Find(request) is not ({ State: RestartState.Restarted } or { State: RestartState.Issued or RestartState.Interrupted, Issued: not null }))
            world.Violations.Add($"{run} is completed though the ledger does not know of its restart");
    }

    public void CheckReport(DeliveryRun run, ExceptionReport report)
    {
        if (report.Class is FailureClass.Stopping or FailureClass.LockLost)
            world.Violations.Add($"{run}: a report for {report.Class}");
        if (report.Kind == ReportKind.Unhandled)
            world.Violations.Add($"{run}: {report.Exception.GetType().Name} escaped: {report.Exception.Message}");
        if (!told.Add(report.Id))
            world.Violations.Add($"{run}: {report.Exception.GetType().Name} is reported twice");
    }

    public void Ended(DeliveryRun run, Exception? thrown)
    {
        if (thrown is not null && (thrown is not MessageDeadLetteredException || run.Settlement is not { Call: Call.DeadLetter, Acknowledged: true }))
            world.Violations.Add($"{run} threw {thrown.GetType().Name}: {thrown.Message}");
        run.Settle();
        if (run.Settlement is not { Acknowledged: true } && run is { MayBeOnRecordAsUnsettled: false, EndsProcess: false })
            world.Violations.Add($"{run} is not settled, and the next delivery will take it for a death of the process");
        if (run.Settlement is null && !(run.Copy is not null && !run.CopyIsAcknowledged))
            CheckEnd(run, Expectation.Nothing(run.Budget));
        foreach (var failure in run.CountedFailures)
        {
            // A cancelled task tells of its cancellation with an exception of its own each time.
            var isCancellation = failure.Exception is OperationCanceledException;
            var count = run.Reported.Count(report => report.Kind != ReportKind.Tolerated && (isCancellation ? IsOfCancellation(report) : IsAbout(report, failure)));
            if (isCancellation ? count == 0 : count != run.CountedFailures.Count(other => Innermost(other) == Innermost(failure)))
                world.Violations.Add($"{run}: {count} reports of {failure.Exception.GetType().Name}");
        }

        if (run.Settlement is { Call: Call.DeadLetter } dead && run.Reported.Count(report => report.Kind == ReportKind.Final) != 1)
            world.Violations.Add($"{run} is dead-lettered as {dead.Reason} with {run.Reported.Count} reports");
    }

    private static bool IsOfCancellation(ExceptionReport report) => (report.Exception.InnerException ?? report.Exception) is OperationCanceledException;

    private static bool IsAbout(ExceptionReport report, SeenFailure failure)
    {
        for (var link = report.Exception; link is not null; link = link.InnerException)
        {
            if (link == Innermost(failure))
                return true;
        }

        return false;
    }

    private static Exception Innermost(SeenFailure failure) => failure.Exception.GetBaseException();

    private void CheckEnd(DeliveryRun run, Expectation? seen)
    {
        if (seen is null)
            return;
        var allowed = Expectations.Of(run);
        var abandoned = seen.End == Call.Abandon;
        if (!allowed.Any(one => one.End == seen.End && one.WithCopy == seen.WithCopy && one.Reason == seen.Reason
            && (!abandoned || one.OnPurpose == seen.OnPurpose) && (seen.End is null || one.Budget == seen.Budget)))
        {
            world.Violations.Add(
                $"{run} ends as {seen}, not as {(allowed.Count == 0 ? "anything" : string.Join(" or ", allowed))} after {run.End} {run.Failure?.Exception.GetType().Name}"
                + $"{(run.StopWasAsked ? ", asked to stop" : "")}{(run.LockIsLost ? ", lock lost" : "")}{(run.CeilingIsReached ? ", ceiling reached" : "")}");
        }
    }

    private void CheckDeadLetter(DeliveryRun run, SettlementTry settlement)
    {
        if (MessageProperties.Text(settlement.Properties, MessageProperties.Reason) != settlement.Reason)
            world.Violations.Add($"{run}: the dead letter does not carry its reason as a property");
        if (MessageProperties.Text(settlement.Properties, MessageProperties.RootId) != run.RootId)
            world.Violations.Add($"{run}: the dead letter does not carry its root id");
    }

    private int FewestDeaths(DeliveryRun run)
    {
        var earlier = Earlier(run).ToList();
        return CarriedDeaths(run) + earlier.Count(delivery => delivery.KilledItsProcess)
            - earlier.Count(delivery => delivery.MayBeOnRecordAsUnsettled && delivery.Settlement is { Call: Call.Abandon, Arrived: true });
    }

    private static int CarriedDeaths(DeliveryRun run) => MessageProperties.Number(run.Message.ApplicationProperties, MessageProperties.Deaths);

    // Others that are being handled by the same process; those that are only looked at before they are given up do not count.
    private IEnumerable<DeliveryRun> Beside(DeliveryRun run) => deliveries.Where(
        other => other != run && other.Process == run.Process && other is { IsRunning: true, Settlement: null, FirstAttemptAt: not null, IsUsedUp: false, IsFoundOnTrial: false });

    private IEnumerable<DeliveryRun> Earlier(DeliveryRun run) =>
        deliveries.Where(other => other != run && other.Message.SequenceNumber == run.Message.SequenceNumber && other.Message.DeliveryCount < run.Message.DeliveryCount);
}
