using Mayhem.Breakers;
using Mayhem.Failures;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Locks;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reports;
using Mayhem.Restarts;
using Mayhem.Settlement;
using Mayhem.Shutdown;
using Microsoft.Extensions.Logging;

namespace Mayhem;

/// <summary>
/// Processes one delivery: receive → parse → guard → handle, with the lock renewed → classify the failure → decide → settle → report.
/// The only place that knows this order. Each delivery gets one verdict and one settlement.
/// </summary>
public sealed class MessageProcessor(
    RestartWorkflow workflow, RestartGuards guards, TargetGroups groups, FailureHandling failures, RecoveryOptions recovery, LockRenewer renewer, LockOptions locks, DrainGate gate, Settler settler,
    CrashHandling crashes, FailureReporting reporting, IWorkerTerminator terminator, ProcessingCounters counters, InFlightMessages inFlightMessages,
    TimeProvider timeProvider, ILogger<MessageProcessor> logger)
{
    private static readonly Verdict Restarted = new Verdict.Complete("restarted");

    private volatile bool processIsEnding;

    /// <summary>Processes a delivery to its end. Does not throw for anything that the message or its handling does.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="actions">What can be done with it.</param>
    /// <param name="cancellationToken">The invocation's token: cancels the handling, not the settlement.</param>
    public async ValueTask<ProcessingResult> ProcessAsync(Delivery delivery, IDeliveryActions actions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(actions);
        counters.Count(ProcessingEvent.Received);
        using var shown = inFlightMessages.Enter(delivery.MessageId, timeProvider);
        var run = new MessageRun(delivery, actions, shown, failures, cancellationToken, gate.Stopping);
        if (processIsEnding)
        {
            // The message that ends the process comes back at once: abandoning it again would only spin until its deliveries are used up.
            await SettleAsync(run, new Verdict.HandsOff("the process is ending"));
            return new ProcessingResult(run.Verdict, run.Settled);
        }

        var remaining = RemainingOf(delivery);
        if (remaining <= TimeSpan.Zero)
        {
            await SettleAsync(run, new Verdict.HandsOff("the lock had expired before the work began"));
            return new ProcessingResult(run.Verdict, run.Settled);
        }

        if (!gate.TryEnter(out var ticket))
        {
            await SettleAsync(run, new Verdict.Abandon("stopping"));
            return new ProcessingResult(run.Verdict, run.Settled);
        }

        using (ticket)
        {
            try
            {
                var verdict = await HandleAdmittedAsync(run, remaining, cancellationToken);
                if (verdict is Verdict.StopProcess stop)
                    await StopProcessAsync(run, stop);
                else
                    await SettleAsync(run, verdict);
            }
            finally
            {
                await CrashHandling.LeaveAsync(run);
            }
        }

        return new ProcessingResult(run.Verdict, run.Settled, run.Failure);
    }

    // No lock has more left than its full length: if it seems to, the wall clock of this machine is behind that of the broker.
    private TimeSpan RemainingOf(Delivery delivery)
    {
        var remaining = delivery.LockedUntil - timeProvider.GetUtcNow();
        return remaining > locks.Duration ? locks.Duration.Value : remaining;
    }

    // While the lock is renewed. Returns what to settle with.
    private async ValueTask<Verdict> HandleAdmittedAsync(MessageRun run, TimeSpan remaining, CancellationToken cancellationToken)
    {
        Verdict verdict;
        var held = run.Lock = renewer.Hold(run.Delivery.MessageId, remaining, locks.Duration ?? remaining, run.Actions, cancellationToken);
        try
        {
            verdict = Parse(run) ?? await GoOnWithCopyAsync(run) ?? await HandleAsync(run, held.Token);
            if (verdict is Verdict.RetryLater later && held.State != LockState.Lost)
            {
                await settler.PlanAsync(later, run.Delivery, run.Progress);
                if (held.State != LockState.Lost)
                    verdict = await settler.ScheduleAsync(later, run.Delivery, run.Progress, run.Actions);
            }
        }
        finally
        {
            await held.DisposeAsync();
        }

        // Only now is it final: the lock may have run out after the ceiling, or while the last renewal was waited for.
        return held.State == LockState.Lost && verdict is not Verdict.StopProcess ? new Verdict.HandsOff("the lock is lost") : verdict;
    }

    private Verdict.DeadLetter? Parse(MessageRun run)
    {
        switch (RestartRequestParser.Parse(run.Delivery.Body.Span, run.Delivery.RootId))
        {
            case ParseResult.Unreadable unreadable:
                return failures.Reject(run, DeadLetterReasons.Poison, $"The body is not a restart request: {unreadable.Error}");
            case ParseResult.Readable { Request: var request }:
                run.Request = request;
                run.Shown.Host = request.Host;
                return null;
            default:
                throw new InvalidOperationException("A parsed body is readable or unreadable.");
        }
    }

    private async ValueTask<Verdict?> GoOnWithCopyAsync(MessageRun run)
    {
        if (await settler.FindPlannedAsync(run.Delivery) is not { } planned)
            return null;
        run.Progress = planned.Progress;
        return planned.Verdict;
    }

    private async ValueTask<Verdict> HandleAsync(MessageRun run, CancellationToken handling)
    {
        var exhausted = await failures.RecallAsync(run);
        var obstacle = await crashes.FindAsync(run) ?? (Obstacle?)exhausted;
        while (obstacle is null && RecoveryPolicy.GoOnWaiting(run.Delivery, recovery, timeProvider.GetUtcNow(), run.Patience) is { } waiting)
        {
            if (waiting is not Verdict.RetryNow turn)
                return waiting;
            if (!await WaitAsync(run, turn.Delay, handling))
                return failures.Fail(run, new OperationCanceledException(handling));
        }

        if (obstacle is null && !crashes.TryEnter(run) && await EnterLaterAsync(run, handling) is { } instead)
            return instead;
        while (true)
        {
            var verdict = await TryAsync(run, obstacle, handling);
            if (verdict is not Verdict.RetryNow retry)
                return verdict;

            var due = timeProvider.GetUtcNow() + retry.Delay;
            if (await WaitAsync(run, retry.Delay, handling))
            {
                // An earlier delivery, without its lock, may have recorded a failure meanwhile.
                obstacle ??= await failures.RecallAsync(run);
                continue;
            }

            var cut = failures.Fail(run, new OperationCanceledException(handling));
            return cut is Verdict.Abandon { NotBefore: null } abandon ? abandon with { NotBefore = due } : cut;
        }
    }

    private ValueTask<Verdict?> EnterLaterAsync(MessageRun run, CancellationToken handling) => crashes.EnterAsync(run, delay => WaitAsync(run, delay, handling), handling);

    private async Task<bool> WaitAsync(MessageRun run, TimeSpan delay, CancellationToken handling)
    {
        run.Shown.DueAt = timeProvider.GetUtcNow() + delay;
        run.Shown.Stage = MessageStage.Waiting;
        // A timer drops what is less than a millisecond: whoever looks at the clock then would wait for nothing, again and again.
        var whole = TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
        await Task.Delay(whole, timeProvider, handling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !handling.IsCancellationRequested;
    }

    private async ValueTask<Verdict> TryAsync(MessageRun run, Obstacle? lasting, CancellationToken handling)
    {
        run.Shown.Stage = MessageStage.Restarting;
        run.Shown.Attempt = run.Progress.Attempt;
        run.Failure = null;
        run.Classified = null;
        run.Refusal = null;
        var request = run.Request!;
        var (refusal, ofGroup, dryRun) = lasting is null
            ? await guards.AskAsync(request, RecoveryPolicy.FirstEnqueuedAt(run.Delivery), timeProvider.GetUtcNow(), handling)
            : default;
        run.Guards = ofGroup;
        var obstacle = lasting ?? (refusal is null ? null : new Obstacle.Refused(refusal));
        using var admission = obstacle is null ? groups.Ask(request.Host) : null;
        obstacle ??= admission?.Refusal;
        var known = run.Delivery.DeliveryCount < 2 ? null : new KnownFailures(run.Delivery.Identity, run.Progress.Budget.Failures);
        var intent = new RestartIntent(request, ofGroup?.Limits, dryRun, run.Delivery.OperationId, known);
        var result = await workflow.RunAsync(intent, run.Delivery.RootId, obstacle?.Scope ?? RestartScope.Issue, run, handling);
        admission?.End();
        var verdict = Judge(run, result, obstacle);
        admission?.Report(result.Outcome, run.Failure);
        if (run.Progress.TurnSince is not null && result.Outcome is not (WorkflowOutcome.Refused or WorkflowOutcome.Withheld))
            run.Progress = run.Progress with { TurnSince = null };
        if (run.Refusal is { } refused)
            await guards.RecordAsync(request, ofGroup!, refused, run.Delivery.OperationId, verdict.Summary);
        return verdict;
    }

    private Verdict Judge(MessageRun run, WorkflowResult result, Obstacle? obstacle)
    {
        if (result.SaveFailure is { } saveFailure && failures.FailedToSave(run, saveFailure) is { } fatal)
            return fatal;
        switch (result.Outcome)
        {
            case WorkflowOutcome.Restarted:
                counters.Count(ProcessingEvent.Restarted);
                LogTrail.End();
                Log.Restarted(logger, run.Request!.RequestId, run.Request.Host, run.Progress.Attempt, run.Delivery.MessageId, run.Request.Requester);
                return Restarted;
            case WorkflowOutcome.WouldRestart:
                Log.WouldRestart(logger, run.Request!.RequestId, run.Request.Host, run.Delivery.MessageId, run.Request.Requester);
                return new Verdict.Complete("dry run");
            case WorkflowOutcome.AlreadyDone:
                counters.Count(ProcessingEvent.DuplicateSuppressed);
                Log.DuplicateSuppressed(logger, run.Request!.RequestId, run.Delivery.MessageId);
                return new Verdict.Complete("carried out before");
            case WorkflowOutcome.InFlightElsewhere elsewhere:
                return failures.AwaitOther(run, elsewhere.AskAgainAfter);
            case WorkflowOutcome.Withheld:
                return GiveWay(run, obstacle);
            case WorkflowOutcome.Refused refused:
                return failures.Refuse(run, refused.Refusal);
            case WorkflowOutcome.Failed failed:
                return failures.Fail(run, failed.Exception);
            default:
                throw new InvalidOperationException($"Unknown outcome {result.Outcome}.");
        }
    }

    private Verdict GiveWay(MessageRun run, Obstacle? obstacle) => obstacle switch
    {
        Obstacle.HostCrash crash => failures.Reject(run, DeadLetterReasons.HostCrash, crash.Description),
        Obstacle.Exhausted exhausted => failures.Exhaust(run, exhausted.Last),
        Obstacle.HeldBack held => failures.HoldBack(run, held),
        Obstacle.Refused refused => failures.Refuse(run, refused.Refusal),
        _ => throw new InvalidOperationException("Nothing is withheld without an obstacle."),
    };

    private async ValueTask SettleAsync(MessageRun run, Verdict verdict)
    {
        run.Verdict = verdict;
        run.Shown.Stage = MessageStage.Settling;
        run.Settled = await settler.SettleAsync(verdict, run.Delivery, run.Failure, run.Progress, run.Actions);
        switch (verdict)
        {
            case Verdict.DeadLetter dead:
                Log.DeadLettered(logger, run.Delivery.MessageId, dead.Reason, dead.Description);
                reporting.Report(run, ReportKind.Final, verdict);
                break;
            case Verdict.Complete when run.Failure is { Class: FailureClass.Tolerated }:
                reporting.Report(run, ReportKind.Tolerated, verdict);
                break;
            case Verdict.RetryLater when run.Failure is null:
                Log.Postponed(logger, run.Delivery.MessageId, verdict.Summary);
                break;
            case Verdict.RetryLater or Verdict.Abandon or Verdict.HandsOff:
                Log.Recovering(logger, run.Delivery.MessageId, verdict.Summary, run.Failure is { } failure ? $"{failure.Cause.GetType().Name}: {failure.Cause.Message}" : "");
                if (run.Failure is not { Class: FailureClass.Stopping or FailureClass.LockLost })
                    reporting.Report(run, ReportKind.Retry, verdict);
                break;
        }
    }

    private async Task StopProcessAsync(MessageRun run, Verdict.StopProcess stop)
    {
        processIsEnding = true;
        run.Trial?.Break();
        Log.StoppingProcess(logger, run.Delivery.MessageId, stop.Why);
        reporting.Report(run, ReportKind.ProcessFatal, stop);
        await reporting.FlushAsync();
        run.Verdict = stop;
        if (run.Lock!.State != LockState.Lost)
            run.Settled = await settler.SettleAsync(stop, run.Delivery, run.Failure, run.Progress, run.Actions);
        terminator.Terminate(stop.Why);
    }
}
