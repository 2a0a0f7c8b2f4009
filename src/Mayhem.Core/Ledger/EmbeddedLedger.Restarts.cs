using Mayhem.Guards;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Ledger;

/// <summary>Restarts: intents, how they ended, who asked for them, and what was refused.</summary>
public sealed partial class EmbeddedLedger
{
    /// <inheritdoc />
    public async ValueTask<IntentAnswer> RecordIntentAsync(RestartIntent intent, CancellationToken cancellationToken)
    {
        await journal.WaitForRoomAsync(cancellationToken);
        var halted = Halted();
        var requestId = intent.Request.RequestId;
        IntentAnswer answer;
        long? hold = null;
        Task durable;
        lock (gate)
        {
            TimeSpan? held = intentsOfThisRun.TryGetValue(requestId, out var since) ? time.GetElapsedTime(since) : null;
            answer = IntentDecision.Decide(state.Find(requestId), held, options.IntentLease);
            if (intent.Known is { } known && known.AreBehind(state.FindFailure(known.Message)))
                answer = IntentDecision.WithFailuresUnknown(answer);
            if (IntentDecision.AttemptToRecord(answer) is { } attempt)
            {
                var now = time.GetUtcNow();
                var refusal = halted ?? Exceeded(intent, attempt, now);
                if (refusal is not null)
                    answer = IntentDecision.With(refusal, answer);
                if (answer is not IntentAnswer.Refused)
                {
                    Record(intent.ToRecord(attempt, owner, now, refusal));
                    hold = intentsOfThisRun[requestId] = time.GetTimestamp();
                }
            }
            // Also an answer that records nothing rests on records that must not be undone by a crash.
            durable = lastRecord;
        }
        try
        {
            await durable.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (hold is not null)
        {
            // Whoever asked will not act: the next need not wait for the end of the lease.
            lock (gate)
            {
                if (intentsOfThisRun.GetValueOrDefault(requestId) == hold)
                    intentsOfThisRun.Remove(requestId);
            }
            throw;
        }
        return answer;
    }

    /// <inheritdoc />
    public async ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken) =>
        await EndIntentAsync(requestId, new LedgerRecord.Issued(requestId, attempt, issued, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken) =>
        EndIntentAsync(requestId, new LedgerRecord.Restarted(requestId, attempt, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public async ValueTask RecordFailedAsync(
        string requestId, int attempt, string error, AttemptFailure how, RecordedFailure? failure, CancellationToken cancellationToken)
    {
        var failed = new LedgerRecord.Failed(requestId, attempt, error, Ambiguous: how == AttemptFailure.Unclear, time.GetUtcNow(), failure, NotIssued: how == AttemptFailure.NotIssued);
        var changesEntry = await EndIntentAsync(requestId, failed, cancellationToken);
        if (!changesEntry && failure is not null)
            await RecordAsync(new LedgerRecord.MessageFailed(failure, time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken) => RecordAsync(
        new LedgerRecord.Details(request.RequestId, request.Requester, request.Reason, messageId, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask RecordRefusalAsync(Refusal refusal, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Refused(refusal, time.GetUtcNow()), cancellationToken);

    // A switch that cannot be read may have been thrown.
    private GuardRefusal? Halted()
    {
        try
        {
            return halts.Read().Halt?.Refusal;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return GuardRefusal.FailedCheck(Guard.KillSwitch, failure);
        }
    }

    private GuardRefusal? Exceeded(RestartIntent intent, int attempt, DateTimeOffset now)
    {
        if (intent.Limits is not { AreNone: false } limits)
            return null;
        state.ForgetUses(limits.Group, now - limits.Horizon);
        return LimitChecks.FirstRefusal(state.UsesOf(limits.Group), limits, new Candidate(intent.Request.RequestId, attempt, intent.Request.Host, now));
    }

    private async ValueTask<bool> EndIntentAsync(string requestId, LedgerRecord record, CancellationToken cancellationToken)
    {
        bool isNews;
        Task durable;
        lock (gate)
        {
            isNews = Record(record);
            if (isNews)
                intentsOfThisRun.Remove(requestId);
            durable = lastRecord;
        }
        await durable.WaitAsync(cancellationToken);
        return isNews;
    }
}
