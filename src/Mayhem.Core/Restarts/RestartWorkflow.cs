using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Redaction;
using Microsoft.Extensions.Logging;

namespace Mayhem.Restarts;

/// <summary>
/// Carries out one request: intent → issue → issued → watch → outcome, with the details saved beside it. No intent on record, no action;
/// afterwards the issue or the outcome must come on record, or the message, the only other thing that knows of the restart, is kept.
/// One of the two may fail: a restart that happened must not fail for a line in a book.
/// </summary>
public sealed class RestartWorkflow(ILedger ledger, IRequestArchive archive, IRestartTarget target, TimeProvider timeProvider, ILogger<RestartWorkflow> logger)
{
    /// <summary>Saving that takes longer than this counts as failed: 10 s.</summary>
    public static TimeSpan SaveLimit { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Carries out the request. Never throws.</summary>
    /// <param name="intent">The request, and the limits within which it may be carried out.</param>
    /// <param name="rootId">The root id of the message that carries it.</param>
    /// <param name="scope">How far to go. What would take more is <see cref="WorkflowOutcome.Withheld"/>, with no attempt begun.</param>
    /// <param name="account">Tells what the failure of an attempt means for the message; null if it uses up no attempt. Recorded together with the failure.</param>
    /// <param name="cancellationToken">Stops waiting. A restart that the target has accepted goes on, and is on record.</param>
    public async Task<WorkflowResult> RunAsync(
        RestartIntent intent, string rootId, RestartScope scope, Func<Exception, RecordedFailure?> account, CancellationToken cancellationToken)
    {
        var request = intent.Request;
        if (scope < RestartScope.Issue && await WithholdAsync(request.RequestId, scope, cancellationToken) is { } withheld)
            return new WorkflowResult(withheld);

        var recording = ledger.RecordIntentAsync(intent, cancellationToken).AsTask();
        await ((Task)recording).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (FailureOf(recording) is { } unrecorded)
        {
            return new WorkflowResult(new WorkflowOutcome.Failed(
                unrecorded is OperationCanceledException ? unrecorded : new IntentNotRecordedException(request.RequestId, unrecorded)));
        }

        switch (await recording)
        {
            case IntentAnswer.AlreadyDone:
                return new WorkflowResult(new WorkflowOutcome.AlreadyDone());
            case IntentAnswer.InFlightElsewhere elsewhere:
                return new WorkflowResult(new WorkflowOutcome.InFlightElsewhere(elsewhere.AskAgainAfter));
            case IntentAnswer.Refused refused:
                return new WorkflowResult(new WorkflowOutcome.Refused(refused.Refusal));
            case IntentAnswer.Interrupted { Refusal: { } refusal } answer when scope == RestartScope.Issue:
                return WithRefusal(await RestartAndSaveAsync(request, rootId, answer, RestartScope.Find, account, cancellationToken), refusal);
            case var answer:
                return await RestartAndSaveAsync(request, rootId, answer, scope, account, cancellationToken);
        }
    }

    // What was issued before is watched all the same; what was not must wait.
    private static WorkflowResult WithRefusal(WorkflowResult result, GuardRefusal refusal) =>
        result.Outcome is WorkflowOutcome.Withheld ? result with { Outcome = new WorkflowOutcome.Refused(refusal) } : result;

    // Asked before an intent is recorded: an intent that nobody acts upon would look like one that somebody does.
    private async Task<WorkflowOutcome?> WithholdAsync(string requestId, RestartScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return RestartScopes.Needed(await ledger.FindAsync(requestId, cancellationToken)) > scope ? new WorkflowOutcome.Withheld() : null;
        }
        catch (Exception failure)
        {
            return new WorkflowOutcome.Failed(failure is OperationCanceledException ? failure : new LedgerNotReadException(requestId, failure));
        }
    }

    private async Task<WorkflowResult> RestartAndSaveAsync(
        RestartRequest request, string rootId, IntentAnswer answer, RestartScope scope, Func<Exception, RecordedFailure?> account, CancellationToken cancellationToken)
    {
        var (order, issued) = OrderOf(request, answer);
        var restart = RestartAsync(order, issued, mayBeIssued: answer is IntentAnswer.Interrupted, scope, account, cancellationToken);
        var save = SaveAsync(request, rootId);
        await Task.WhenAll(restart, save).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var outcome = FailureOf(restart) is { } failure ? new WorkflowOutcome.Failed(failure) : await restart;
        return new WorkflowResult(outcome, FailureOf(save));
    }

    private async Task SaveAsync(RestartRequest request, string rootId) =>
        await archive.SaveAsync(request, rootId, CancellationToken.None).AsTask().WaitAsync(SaveLimit, timeProvider);

    private (RestartOrder Order, IssuedRestart? Issued) OrderOf(RestartRequest request, IntentAnswer answer) => answer switch
    {
        IntentAnswer.AlreadyIssued resumed => (new RestartOrder(request, resumed.Attempt, resumed.IntentAt), resumed.Issued),
        IntentAnswer.Interrupted interrupted => (new RestartOrder(request, interrupted.Attempt, interrupted.IntentAt), null),
        IntentAnswer.Begun begun => (new RestartOrder(request, begun.Attempt, timeProvider.GetUtcNow()), null),
        _ => throw new InvalidOperationException($"The ledger's answer {answer} gives no right to act."),
    };

    private async Task<WorkflowOutcome> RestartAsync(
        RestartOrder order, IssuedRestart? issued, bool mayBeIssued, RestartScope scope, Func<Exception, RecordedFailure?> account, CancellationToken cancellationToken)
    {
        var isOnRecord = issued is not null;
        if (issued is null)
        {
            issued = await IssueAsync(order, mayBeIssued, scope, account, cancellationToken);
            if (issued is null)
                return new WorkflowOutcome.Withheld();
            isOnRecord = await BestEffortAsync(
                "issue", order.Request, ledger.RecordIssuedAsync(order.Request.RequestId, order.Attempt, issued, CancellationToken.None));
        }

        await WatchAsync(order, issued, account, cancellationToken);
        if (!await RecordRestartedAsync(order, isOnRecord))
            return new WorkflowOutcome.AlreadyDone();
        return issued.DryRun ? new WorkflowOutcome.WouldRestart() : new WorkflowOutcome.Restarted();
    }

    private async Task<bool> RecordRestartedAsync(RestartOrder order, bool issueIsOnRecord)
    {
        try
        {
            return await ledger.RecordRestartedAsync(order.Request.RequestId, order.Attempt, CancellationToken.None);
        }
        catch (Exception failure) when (issueIsOnRecord)
        {
            Log.LedgerRecordFailed(logger, failure, "outcome", order.Request.RequestId);
            return true;
        }
        catch (Exception failure)
        {
            throw new OutcomeNotRecordedException(order.Request.RequestId, failure);
        }
    }

    // Null if it was not issued before and must not be now.
    private async Task<IssuedRestart?> IssueAsync(
        RestartOrder order, bool mayBeIssued, RestartScope scope, Func<Exception, RecordedFailure?> account, CancellationToken cancellationToken)
    {
        var isUnclear = mayBeIssued;
        try
        {
            if (mayBeIssued && scope >= RestartScope.Find)
            {
                if (await target.FindIssuedAsync(order, cancellationToken) is { } found)
                    return found;
                isUnclear = false;
            }
            if (scope == RestartScope.Issue)
                return await target.IssueAsync(order, cancellationToken);
        }
        catch (Exception failure)
        {
            var how = isUnclear || !CertainlyNotIssued(failure) ? AttemptFailure.Unclear : AttemptFailure.NotIssued;
            await RecordUnissuedAsync(order, ErrorOf(failure), how, account(failure), cancellationToken);
            throw;
        }

        await RecordUnissuedAsync(order, "withheld before it was issued", isUnclear ? AttemptFailure.Unclear : AttemptFailure.NotIssued, recorded: null, cancellationToken);
        return null;
    }

    private async Task WatchAsync(RestartOrder order, IssuedRestart issued, Func<Exception, RecordedFailure?> account, CancellationToken cancellationToken)
    {
        try
        {
            await target.WatchAsync(order, issued, cancellationToken);
        }
        catch (RestartFailedException failure)
        {
            // Anything else leaves the restart issued: the next delivery goes on watching.
            var how = failure is AmbiguousRestartException ? AttemptFailure.Unclear : AttemptFailure.Issued;
            await RecordFailedAsync(order, ErrorOf(failure), how, account(failure), CancellationToken.None);
            throw;
        }
    }

    private static bool CertainlyNotIssued(Exception failure) => failure is
        HostNotFoundException or RestartDeniedException or RestartRefusedException or MalformedHostException or RestartThrottledException
        or (RestartFailedException and not AmbiguousRestartException);

    private static string ErrorOf(Exception failure) => $"{failure.GetType().Name}: {Redactor.MessageOf(failure)}";

    // That nothing was issued is certain only while nobody else can have the message: a record that arrives after its lock was lost would speak for the next delivery as well.
    private Task RecordUnissuedAsync(RestartOrder order, string error, AttemptFailure how, RecordedFailure? recorded, CancellationToken cancellationToken) =>
        how == AttemptFailure.Unclear || cancellationToken.IsCancellationRequested
            ? RecordFailedAsync(order, error, AttemptFailure.Unclear, recorded, CancellationToken.None)
            : RecordFailedAsync(order, error, how, recorded, cancellationToken);

    private async Task RecordFailedAsync(RestartOrder order, string error, AttemptFailure how, RecordedFailure? recorded, CancellationToken cancellationToken) => await BestEffortAsync(
        "failure", order.Request, ledger.RecordFailedAsync(order.Request.RequestId, order.Attempt, error, how, recorded, cancellationToken));

    private async Task<bool> BestEffortAsync(string what, RestartRequest request, ValueTask record)
    {
        try
        {
            await record;
            return true;
        }
        catch (Exception failure)
        {
            Log.LedgerRecordFailed(logger, failure, what, request.RequestId);
            return false;
        }
    }

    private static Exception? FailureOf(Task task) => task switch
    {
        { IsFaulted: true, Exception: { InnerExceptions.Count: 1 } single } => single.InnerException,
        { IsFaulted: true } => task.Exception,
        { IsCanceled: true } => new TaskCanceledException(task),
        _ => null,
    };
}
