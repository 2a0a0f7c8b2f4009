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
    private static readonly WorkflowOutcome Restarted = new WorkflowOutcome.Restarted();
    private static readonly WorkflowOutcome WouldRestart = new WorkflowOutcome.WouldRestart();
    private static readonly WorkflowOutcome AlreadyDone = new WorkflowOutcome.AlreadyDone();
    private static readonly WorkflowOutcome Withheld = new WorkflowOutcome.Withheld();

    /// <summary>Saving that takes longer than this counts as failed: 10 s.</summary>
    public static TimeSpan SaveLimit { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Carries out the request. Never throws.</summary>
    /// <param name="intent">The request, and the limits within which it may be carried out.</param>
    /// <param name="rootId">The root id of the message that carries it.</param>
    /// <param name="scope">How far to go. What would take more is <see cref="WorkflowOutcome.Withheld"/>, with no attempt begun.</param>
    /// <param name="account">Tells what the failure of an attempt means for the message; null if nobody keeps account. Recorded together with the failure.</param>
    /// <param name="cancellationToken">Stops waiting. A restart that the target has accepted goes on, and is on record.</param>
    public async ValueTask<WorkflowResult> RunAsync(
        RestartIntent intent, string rootId, RestartScope scope, IAttemptAccount? account, CancellationToken cancellationToken)
    {
        var request = intent.Request;
        if (scope < RestartScope.Issue && await WithholdAsync(request.RequestId, scope, cancellationToken) is { } withheld)
            return new WorkflowResult(withheld);

        IntentAnswer answer;
        try
        {
            answer = await ledger.RecordIntentAsync(intent, cancellationToken);
        }
        catch (Exception unrecorded)
        {
            return new WorkflowResult(new WorkflowOutcome.Failed(
                unrecorded is OperationCanceledException ? unrecorded : new IntentNotRecordedException(request.RequestId, unrecorded)));
        }

        switch (answer)
        {
            case IntentAnswer.AlreadyDone:
                return new WorkflowResult(AlreadyDone);
            case IntentAnswer.InFlightElsewhere elsewhere:
                return new WorkflowResult(new WorkflowOutcome.InFlightElsewhere(elsewhere.AskAgainAfter));
            case IntentAnswer.Refused refused:
                return new WorkflowResult(new WorkflowOutcome.Refused(refused.Refusal));
        }

        var refusal = scope == RestartScope.Issue ? (answer as IntentAnswer.Interrupted)?.Refusal : null;
        var save = SaveAsync(request, rootId);
        var restart = RestartAsync(request, answer, refusal is null ? scope : RestartScope.Find, account, cancellationToken);
        var outcome = await restart;
        var saveFailure = await save;

        // What was issued before is watched all the same; what was not must wait.
        return new WorkflowResult(refusal is not null && outcome is WorkflowOutcome.Withheld ? new WorkflowOutcome.Refused(refusal) : outcome, saveFailure);
    }

    // Asked before an intent is recorded: an intent that nobody acts upon would look like one that somebody does.
    private async Task<WorkflowOutcome?> WithholdAsync(string requestId, RestartScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return RestartScopes.Needed(await ledger.FindAsync(requestId, cancellationToken)) > scope ? Withheld : null;
        }
        catch (Exception failure)
        {
            return new WorkflowOutcome.Failed(failure is OperationCanceledException ? failure : new LedgerNotReadException(requestId, failure));
        }
    }

    // What went wrong; null if nothing did.
    private async ValueTask<Exception?> SaveAsync(RestartRequest request, string rootId)
    {
        try
        {
            var saving = archive.SaveAsync(request, rootId, CancellationToken.None);
            await (saving.IsCompletedSuccessfully ? saving : new ValueTask(saving.AsTask().WaitAsync(SaveLimit, timeProvider)));
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private (RestartOrder Order, IssuedRestart? Issued) OrderOf(RestartRequest request, IntentAnswer answer) => answer switch
    {
        IntentAnswer.AlreadyIssued resumed => (new RestartOrder(request, resumed.Attempt, resumed.IntentAt), resumed.Issued),
        IntentAnswer.Interrupted interrupted => (new RestartOrder(request, interrupted.Attempt, interrupted.IntentAt), null),
        IntentAnswer.Begun begun => (new RestartOrder(request, begun.Attempt, timeProvider.GetUtcNow()), null),
        _ => throw new InvalidOperationException($"The ledger's answer {answer} gives no right to act."),
    };

    // A failure is a value here: thrown on, it would cost more for each method that it passes through.
    private async ValueTask<WorkflowOutcome> RestartAsync(RestartRequest request, IntentAnswer answer, RestartScope scope, IAttemptAccount? account, CancellationToken cancellationToken)
    {
        try
        {
            var (order, issued) = OrderOf(request, answer);
            var isOnRecord = issued is not null;
            if (issued is null)
            {
                (issued, var failure) = await IssueAsync(order, mayBeIssued: answer is IntentAnswer.Interrupted, scope, account, cancellationToken);
                if (failure is not null)
                    return new WorkflowOutcome.Failed(failure);
                if (issued is null)
                    return Withheld;
                isOnRecord = await BestEffortAsync(
                    "issue", order.Request, ledger.RecordIssuedAsync(order.Request.RequestId, order.Attempt, issued, CancellationToken.None));
            }

            if (await WatchAsync(order, issued, account, cancellationToken) is { } failed)
                return new WorkflowOutcome.Failed(failed);
            if (!await RecordRestartedAsync(order, isOnRecord))
                return AlreadyDone;
            return issued.DryRun ? WouldRestart : Restarted;
        }
        catch (Exception failure)
        {
            return new WorkflowOutcome.Failed(failure);
        }
    }

    private async ValueTask<bool> RecordRestartedAsync(RestartOrder order, bool issueIsOnRecord)
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

    // Neither if it was not issued before and must not be now.
    private async ValueTask<(IssuedRestart? Issued, Exception? Failure)> IssueAsync(
        RestartOrder order, bool mayBeIssued, RestartScope scope, IAttemptAccount? account, CancellationToken cancellationToken)
    {
        var isUnclear = mayBeIssued;
        try
        {
            if (mayBeIssued && scope >= RestartScope.Find)
            {
                if (await target.FindIssuedAsync(order, cancellationToken) is { } found)
                    return (found, null);
                isUnclear = false;
            }
            if (scope == RestartScope.Issue)
                return (await target.IssueAsync(order, cancellationToken), null);
        }
        catch (Exception failure)
        {
            var how = isUnclear || !CertainlyNotIssued(failure) ? AttemptFailure.Unclear : AttemptFailure.NotIssued;
            await RecordUnissuedAsync(order, ErrorOf(failure), how, account?.Account(failure), cancellationToken);
            return (null, failure);
        }

        await RecordUnissuedAsync(order, "withheld before it was issued", isUnclear ? AttemptFailure.Unclear : AttemptFailure.NotIssued, recorded: null, cancellationToken);
        return default;
    }

    // What went wrong; null if nothing did.
    private async ValueTask<Exception?> WatchAsync(RestartOrder order, IssuedRestart issued, IAttemptAccount? account, CancellationToken cancellationToken)
    {
        try
        {
            await target.WatchAsync(order, issued, cancellationToken);
            return null;
        }
        catch (RestartFailedException failure)
        {
            // Anything else leaves the restart issued: the next delivery goes on watching.
            var how = failure is AmbiguousRestartException ? AttemptFailure.Unclear : AttemptFailure.Issued;
            await RecordFailedAsync(order, ErrorOf(failure), how, account?.Account(failure), CancellationToken.None);
            return failure;
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

    private async ValueTask<bool> BestEffortAsync(string what, RestartRequest request, ValueTask record)
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
}
