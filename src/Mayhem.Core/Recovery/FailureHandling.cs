using System.Globalization;
using Mayhem.Failures;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Locks;
using Mayhem.Observation;
using Mayhem.Redaction;
using Mayhem.Reports;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging;

namespace Mayhem.Recovery;

/// <summary>Turns what went wrong with a delivery into its verdict, and keeps book: attempts, history, counters, reports.</summary>
public sealed class FailureHandling(
    FailureClassifier classifier, RecordedFailures recorded, RecoveryOptions options, FailureReporting reporting, ProcessingCounters counters, JitterSource jitter, TimeProvider timeProvider,
    ILogger<FailureHandling> logger)
{
    private static readonly string Instance = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    /// <summary>An attempt has failed.</summary>
    internal Verdict Fail(MessageRun run, Exception exception)
    {
        var failure = Classify(run, exception, run.LockEnd);
        run.Failure = failure;
        run.Progress = run.Progress.AfterFailure(failure);
        var verdict = RecoveryPolicy.Decide(failure, run.Delivery, run.Progress.Budget, options, jitter.Next(), run.Patience, run.Progress.Held);
        if (failure.Class is FailureClass.Stopping or FailureClass.LockLost)
            return verdict;

        run.Progress = run.Progress.Remember(failure, verdict.DelayFrom(failure.At), Instance);
        if (verdict is Verdict.RetryNow retry)
        {
            counters.Count(ProcessingEvent.RetriedNow);
            Log.Recovering(logger, run.Delivery.MessageId, retry.Summary, $"{failure.Cause.GetType().Name}: {failure.Cause.Message}");
            reporting.Report(run, ReportKind.Retry, verdict);
        }

        return verdict;
    }

    /// <summary>
    /// What the ledger is to record together with the failure of an attempt: the process may die before anything follows from it. A lost lock forgives nothing
    /// but the cancellation that it caused. Null if the failure uses up no attempt.
    /// </summary>
    internal RecordedFailure? Account(MessageRun run, Exception exception)
    {
        var lost = run.LockEnd == LockEnd.Lost;
        var failure = Classify(run, exception, lost ? LockEnd.None : run.LockEnd);
        var progress = run.Progress.AfterFailure(failure);
        if (ReferenceEquals(progress, run.Progress) || (lost && failure.Cause is OperationCanceledException))
            return null;
        var error = $"{failure.Cause.GetType().Name}: {Redactor.MessageOf(failure.Cause)}";
        return RecordedFailure.Of(run.Delivery, failure, error, progress.Remember(failure, delay: null, Instance));
    }

    // Asked twice about most failures, first for the ledger: to walk through stack traces takes long.
    private Failure Classify(MessageRun run, Exception exception, LockEnd lockEnd)
    {
        var stopping = run.IsStopping;
        if (run.Classified is { } known && known.Exception == exception && known.Stopping == stopping && known.LockEnd == lockEnd)
            return known.Failure;
        var failure = classifier.Classify(exception, stopping, lockEnd, timeProvider.GetUtcNow());
        run.Classified = new ClassifiedException(exception, stopping, lockEnd, failure);
        return failure;
    }

    /// <summary>
    /// Counts the attempts that failed in earlier deliveries and are only known to the ledger. The obstacle to a further attempt, if the rule of the last failure allows none.
    /// </summary>
    internal async ValueTask<Obstacle.Exhausted?> RecallAsync(MessageRun run)
    {
        if (await recorded.FindAsync(run.Delivery) is not { } last || last.Progress() is not { } progress || progress.Budget.Failures <= run.Progress.Budget.Failures)
            return null;
        run.Progress = progress with { Held = run.Progress.Held, TurnSince = run.Progress.TurnSince };
        return classifier.RuleNamed(last.Rule) is { } rule && RecoveryPolicy.IsUsedUp(progress.Budget, rule) ? new Obstacle.Exhausted(last) : null;
    }

    /// <summary>The message is dead-lettered for a failure in an earlier delivery.</summary>
    internal Verdict.DeadLetter Exhaust(MessageRun run, RecordedFailure last)
    {
        var rejection = new MessageRejectedException(DeadLetterReasons.RetriesExhausted, last.Error);
        run.Failure = FailureClassifier.Reject(rejection, poison: false, timeProvider.GetUtcNow()) with { Type = last.Type, Fingerprint = last.Fingerprint };
        var end = string.Create(CultureInfo.InvariantCulture, $" (attempt {run.Progress.Budget.Failures}, report {run.Failure.ReportId})");
        return new Verdict.DeadLetter(DeadLetterReasons.RetriesExhausted, BoundedText.Cut(last.Error, DeadLetters.MaxText - end.Length) + end);
    }

    /// <summary>The message is dead-lettered though nothing was thrown.</summary>
    internal Verdict.DeadLetter Reject(MessageRun run, string reason, string description)
    {
        var poison = string.Equals(reason, DeadLetterReasons.Poison, StringComparison.Ordinal);
        run.Failure = FailureClassifier.Reject(new MessageRejectedException(reason, description), poison, timeProvider.GetUtcNow());
        return new Verdict.DeadLetter(reason, $"{description} (attempt {run.Progress.Attempt}, report {run.Failure.ReportId})");
    }

    /// <summary>Somebody else carries the request out: ask again soon, with no attempt used up.</summary>
    internal Verdict AwaitOther(MessageRun run, TimeSpan askAgainAfter)
    {
        var delay = askAgainAfter < options.InFlightDelay ? askAgainAfter : options.InFlightDelay;
        var verdict = RecoveryPolicy.Postpone(run.Delivery, delay, options, timeProvider.GetUtcNow(), run.Patience);
        return verdict is Verdict.DeadLetter dead ? Reject(run, dead.Reason, dead.Description) : verdict;
    }

    /// <summary>The host's group is left alone for now: wait, with no attempt used up, but not past the message's deadline or its time to live.</summary>
    internal Verdict HoldBack(MessageRun run, Obstacle.HeldBack obstacle)
    {
        var verdict = RecoveryPolicy.HoldBack(run.Delivery, obstacle.Delay, options, timeProvider.GetUtcNow(), run.Patience, run.Progress.Held);
        if (verdict is Verdict.DeadLetter dead)
            return Reject(run, dead.Reason, $"{obstacle.Why} {dead.Description}");
        counters.Count(ProcessingEvent.Postponed);
        Log.HeldBack(logger, run.Delivery.MessageId, obstacle.Why, obstacle.Delay);
        return verdict;
    }

    /// <summary>A guard has said no: wait, with no attempt used up and without coming closer to the deadline, or give up.</summary>
    internal Verdict Refuse(MessageRun run, GuardRefusal refusal)
    {
        run.Refusal = refusal;
        var guards = run.Guards!.Options;
        var now = timeProvider.GetUtcNow();
        var turnSince = run.Progress.TurnSince ?? (GuardPolicy.IsWaitForTurn(refusal) ? now : null);
        var waited = now - (turnSince ?? now);
        if (GuardPolicy.DeadLetterReason(refusal, waited, guards) is { } reason)
            return Reject(run, reason, refusal.Why);
        var delay = GuardPolicy.Delay(refusal, waited, guards, now, jitter.Next());
        var verdict = RecoveryPolicy.Postpone(run.Delivery, delay, options, now, run.Patience);
        if (verdict is Verdict.DeadLetter dead)
            return Reject(run, dead.Reason, $"{refusal.Why} {dead.Description}");
        run.Progress = run.Progress with { Held = run.Progress.Held + delay, TurnSince = turnSince };
        counters.Count(ProcessingEvent.Postponed);
        Log.HeldBack(logger, run.Delivery.MessageId, refusal.Why, delay);
        return verdict;
    }

    /// <summary>Saving failed beside the restart. Null if the message may go on without what was to be saved.</summary>
    internal Verdict? FailedToSave(MessageRun run, Exception exception)
    {
        if (classifier.IsProcessFatal(exception))
            return Fail(run, exception);
        counters.Count(ProcessingEvent.SaveFailureTolerated);
        Log.SaveFailed(logger, exception, run.Request!.RequestId);
        var failure = classifier.Tolerate(exception, timeProvider.GetUtcNow());
        reporting.Report(failure, ReportKind.Tolerated, run.Delivery, run.Request, run.Progress, "go on without the saved details");
        return null;
    }
}
