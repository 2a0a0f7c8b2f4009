using System.Globalization;
using Mayhem.Failures;
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
    RestartWorkflow workflow, FailureClassifier classifier, RecoveryOptions recovery, LockRenewer renewer, LockOptions locks, DrainGate gate, Settler settler,
    UnsettledDeliveries unsettled, FailureReporting reporting, IWorkerTerminator terminator, ProcessingCounters counters, InFlightMessages inFlightMessages,
    JitterSource jitter, TimeProvider timeProvider, ILogger<MessageProcessor> logger)
{
    private static readonly string Instance = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    private volatile bool processIsEnding;

    /// <summary>Processes a delivery to its end. Does not throw for anything that the message or its handling does.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="actions">What can be done with it.</param>
    /// <param name="cancellationToken">The invocation's token: cancels the handling, not the settlement.</param>
    public async Task<ProcessingResult> ProcessAsync(Delivery delivery, IDeliveryActions actions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(actions);
        counters.Count(ProcessingEvent.Received);
        using var shown = inFlightMessages.Enter(delivery.MessageId, timeProvider.GetUtcNow());
        var run = new Run(delivery, actions, shown);
        if (processIsEnding)
        {
            // The message that ends the process comes back at once: abandoning it again would only spin until its deliveries are used up.
            await SettleAsync(run, new Verdict.HandsOff("the process is ending"));
            return new ProcessingResult(run.Verdict, run.Settled);
        }

        if (!gate.TryEnter(out var ticket))
        {
            await SettleAsync(run, new Verdict.Abandon("stopping"));
            return new ProcessingResult(run.Verdict, run.Settled);
        }

        using (ticket)
            await ProcessAdmittedAsync(run, cancellationToken);
        return new ProcessingResult(run.Verdict, run.Settled, run.Failure);
    }

    private async Task ProcessAdmittedAsync(Run run, CancellationToken cancellationToken)
    {
        var remaining = run.Delivery.LockedUntil - timeProvider.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            await SettleAsync(run, new Verdict.HandsOff("the lock had expired before the work began"));
            return;
        }

        Verdict verdict;
        var held = renewer.Hold(run.Delivery.MessageId, remaining, locks.Duration ?? remaining, run.Actions.RenewLockAsync);
        try
        {
            using var handling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gate.Stopping, held.Token);
            verdict = await CheckCrashesAsync(run) ?? Parse(run) ?? await HandleAsync(run, held, cancellationToken, handling.Token);
            if (verdict is Verdict.RetryLater later && held.State != LockState.Lost)
                verdict = await settler.ScheduleAsync(later, run.Delivery, run.Progress, run.Actions);
        }
        finally
        {
            await held.DisposeAsync();
        }

        // Only now is it final: the lock may have run out after the ceiling, or while the last renewal was waited for.
        var lost = held.State == LockState.Lost;

        if (verdict is Verdict.StopProcess stop)
            await StopProcessAsync(run, stop, mayAbandon: !lost);
        else if (lost)
            await SettleAsync(run, new Verdict.HandsOff("the lock is lost"));
        else
            await SettleAsync(run, verdict);
    }

    private async Task<Verdict?> CheckCrashesAsync(Run run)
    {
        if (run.Delivery.DeliveryCount <= recovery.CrashLimit || await unsettled.CountAsync(run.Delivery) is not { } accountedFor)
            return null;
        var deaths = CrashEvidence.Deaths(run.Delivery, accountedFor);
        return deaths < recovery.CrashLimit ? null : Reject(run, DeadLetterReasons.HostCrash, string.Create(
            CultureInfo.InvariantCulture, $"The process died {deaths} times while it handled this message (delivery {run.Delivery.DeliveryCount})."));
    }

    private Verdict.DeadLetter? Parse(Run run)
    {
        switch (RestartRequestParser.Parse(run.Delivery.Body.Span))
        {
            case ParseResult.Unreadable unreadable:
                return Reject(run, DeadLetterReasons.Poison, $"The body is not a restart request: {unreadable.Error}");
            case ParseResult.Readable { Request: var request }:
                run.Request = request;
                run.Shown.Host = request.Host;
                return request.NotAfter is { } notAfter && timeProvider.GetUtcNow() > notAfter
                    ? Reject(run, DeadLetterReasons.Stale, string.Create(CultureInfo.InvariantCulture, $"The request must not be carried out after {notAfter:u}."))
                    : null;
            default:
                throw new InvalidOperationException("A parsed body is readable or unreadable.");
        }
    }

    private Verdict.DeadLetter Reject(Run run, string reason, string description)
    {
        var poison = string.Equals(reason, DeadLetterReasons.Poison, StringComparison.Ordinal);
        run.Failure = FailureClassifier.Reject(new MessageRejectedException(reason, description), poison, timeProvider.GetUtcNow());
        return new Verdict.DeadLetter(reason, $"{description} (attempt {run.Progress.Attempt}, report {run.Failure.ReportId})");
    }

    private async Task<Verdict> HandleAsync(Run run, LockHandle held, CancellationToken invocation, CancellationToken handling)
    {
        while (RecoveryPolicy.GoOnWaiting(run.Delivery, recovery, timeProvider.GetUtcNow(), held.Patience) is { } waiting)
        {
            if (waiting is not Verdict.RetryNow turn)
                return waiting;
            if (!await WaitAsync(run, turn.Delay, handling))
                return Fail(run, new OperationCanceledException(handling), held, invocation);
        }

        while (true)
        {
            run.Shown.Stage = MessageStage.Restarting;
            run.Shown.Attempt = run.Progress.Attempt;
            var result = await workflow.RunAsync(run.Request!, run.Delivery.RootId, handling);
            var verdict = Judge(run, result, held, invocation);
            if (verdict is not Verdict.RetryNow retry)
                return verdict;

            var due = timeProvider.GetUtcNow() + retry.Delay;
            if (await WaitAsync(run, retry.Delay, handling))
                continue;
            var cut = Fail(run, new OperationCanceledException(handling), held, invocation);
            return cut is Verdict.Abandon { NotBefore: null } abandon ? abandon with { NotBefore = due } : cut;
        }
    }

    private async Task<bool> WaitAsync(Run run, TimeSpan delay, CancellationToken handling)
    {
        run.Shown.Stage = MessageStage.Waiting;
        await Task.Delay(delay, timeProvider, handling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !handling.IsCancellationRequested;
    }

    private Verdict Judge(Run run, WorkflowResult result, LockHandle held, CancellationToken invocation)
    {
        if (result.SaveFailure is { } saveFailure)
        {
            if (classifier.IsProcessFatal(saveFailure))
                return Fail(run, saveFailure, held, invocation);
            Tolerate(run, saveFailure);
        }

        run.Failure = null;
        switch (result.Outcome)
        {
            case WorkflowOutcome.Restarted:
                counters.Count(ProcessingEvent.Restarted);
                Log.Restarted(logger, run.Request!.RequestId, run.Request.Host, run.Progress.Attempt, run.Delivery.MessageId);
                return new Verdict.Complete("restarted");
            case WorkflowOutcome.WouldRestart:
                return new Verdict.Complete("dry run");
            case WorkflowOutcome.AlreadyDone:
                counters.Count(ProcessingEvent.DuplicateSuppressed);
                Log.DuplicateSuppressed(logger, run.Request!.RequestId, run.Delivery.MessageId);
                return new Verdict.Complete("carried out before");
            case WorkflowOutcome.InFlightElsewhere elsewhere:
                return Postpone(run, elsewhere.AskAgainAfter, held);
            case WorkflowOutcome.Failed failed:
                return Fail(run, failed.Exception, held, invocation);
            default:
                throw new InvalidOperationException($"Unknown outcome {result.Outcome}.");
        }
    }

    private Verdict Postpone(Run run, TimeSpan askAgainAfter, LockHandle held)
    {
        var delay = askAgainAfter < recovery.InFlightDelay ? askAgainAfter : recovery.InFlightDelay;
        return RecoveryPolicy.Postpone(run.Delivery, delay, recovery, timeProvider.GetUtcNow(), held.Patience);
    }

    private Verdict Fail(Run run, Exception exception, LockHandle held, CancellationToken invocation)
    {
        var stopping = gate.Stopping.IsCancellationRequested || invocation.IsCancellationRequested;
        var failure = classifier.Classify(exception, stopping, held.End, timeProvider.GetUtcNow());
        run.Failure = failure;
        run.Progress = run.Progress.AfterFailure(failure);
        var verdict = RecoveryPolicy.Decide(failure, run.Delivery, run.Progress.Budget, recovery, jitter.Next(), held.Patience);
        if (failure.Class is FailureClass.Stopping or FailureClass.LockLost)
            return verdict;

        run.Progress = run.Progress.Remember(failure, DelayOf(verdict, failure), Instance);
        if (verdict is Verdict.RetryNow retry)
        {
            counters.Count(ProcessingEvent.RetriedNow);
            Log.Recovering(logger, run.Delivery.MessageId, retry.Summary, $"{failure.Cause.GetType().Name}: {failure.Cause.Message}");
            Report(run, ReportKind.Retry, verdict);
        }

        return verdict;
    }

    private void Tolerate(Run run, Exception saveFailure)
    {
        counters.Count(ProcessingEvent.SaveFailureTolerated);
        Log.SaveFailed(logger, saveFailure, run.Request!.RequestId);
        var failure = classifier.Tolerate(saveFailure, timeProvider.GetUtcNow());
        reporting.Report(failure, ReportKind.Tolerated, run.Delivery, run.Request, run.Progress, "go on without the saved details");
    }

    private async Task SettleAsync(Run run, Verdict verdict)
    {
        run.Verdict = verdict;
        run.Shown.Stage = MessageStage.Settling;
        run.Settled = await settler.SettleAsync(verdict, run.Delivery, run.Failure, run.Progress, run.Actions);
        switch (verdict)
        {
            case Verdict.DeadLetter dead:
                Log.DeadLettered(logger, run.Delivery.MessageId, dead.Summary, dead.Description);
                Report(run, ReportKind.Final, verdict);
                break;
            case Verdict.Complete when run.Failure is { Class: FailureClass.Tolerated }:
                Report(run, ReportKind.Tolerated, verdict);
                break;
            case Verdict.RetryLater or Verdict.Abandon or Verdict.HandsOff:
                Log.Recovering(logger, run.Delivery.MessageId, verdict.Summary, run.Failure is { } failure ? $"{failure.Cause.GetType().Name}: {failure.Cause.Message}" : "");
                if (verdict is not Verdict.HandsOff && run.Failure is not { Class: FailureClass.Stopping })
                    Report(run, ReportKind.Retry, verdict);
                break;
        }
    }

    private async Task StopProcessAsync(Run run, Verdict.StopProcess stop, bool mayAbandon)
    {
        processIsEnding = true;
        Log.StoppingProcess(logger, run.Delivery.MessageId, stop.Why);
        Report(run, ReportKind.ProcessFatal, stop);
        await reporting.FlushAsync();
        run.Verdict = stop;
        if (mayAbandon)
            run.Settled = await settler.SettleAsync(stop, run.Delivery, run.Failure, run.Progress, run.Actions);
        terminator.Terminate(stop.Why);
    }

    private void Report(Run run, ReportKind kind, Verdict verdict)
    {
        if (run.Failure is { } failure)
            reporting.Report(failure, kind, run.Delivery, run.Request, run.Progress, verdict.Summary);
    }

    private static TimeSpan? DelayOf(Verdict verdict, Failure failure) => verdict switch
    {
        Verdict.RetryNow retry => retry.Delay,
        Verdict.RetryLater later => later.DueAt - failure.At,
        Verdict.Abandon { NotBefore: { } due } => due - failure.At,
        _ => null,
    };

    /// <summary>What is known of one delivery while it is processed.</summary>
    private sealed class Run(Delivery delivery, IDeliveryActions actions, InFlightMessage shown)
    {
        public Delivery Delivery { get; } = delivery;

        public IDeliveryActions Actions { get; } = actions;

        public InFlightMessage Shown { get; } = shown;

        public RestartRequest? Request { get; set; }

        public MessageProgress Progress { get; set; } = MessageProgress.Of(delivery);

        public Failure? Failure { get; set; }

        public Verdict Verdict { get; set; } = new Verdict.HandsOff("not judged yet");

        public bool Settled { get; set; }
    }
}
