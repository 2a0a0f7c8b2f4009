using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>Watches the records of restarts.</summary>
internal sealed class DyingLedger(ILedger inner, KillSwitch killSwitch) : ILedger
{
    public async ValueTask<IntentAnswer> RecordIntentAsync(RestartRequest request, CancellationToken cancellationToken)
    {
        killSwitch.Pass(KillPoint.BeforeHandler, request.RequestId);
        var answer = await inner.RecordIntentAsync(request, cancellationToken);
        if (answer is IntentAnswer.Begun or IntentAnswer.Interrupted)
            killSwitch.Pass(KillPoint.AfterIntent, request.RequestId);
        return answer;
    }

    public async ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken)
    {
        await inner.RecordIssuedAsync(requestId, attempt, issued, cancellationToken);
        killSwitch.Pass(KillPoint.AfterIssued, requestId);
    }

    public async ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken)
    {
        var isNews = await inner.RecordRestartedAsync(requestId, attempt, cancellationToken);
        killSwitch.Pass(KillPoint.AfterOutcome, requestId);
        return isNews;
    }

    public async ValueTask RecordFailedAsync(string requestId, int attempt, string error, bool ambiguous, RecordedFailure? failure, CancellationToken cancellationToken)
    {
        await inner.RecordFailedAsync(requestId, attempt, error, ambiguous, failure, cancellationToken);
        killSwitch.Pass(KillPoint.AfterOutcome, requestId);
    }

    public ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken) => inner.FindFailureAsync(message, cancellationToken);

    public ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken) =>
        inner.RecordUnsettledAsync(messageId, deliveryCount, cancellationToken);

    public ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken) => inner.CountUnsettledAsync(messageId, cancellationToken);

    public ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken) => inner.RecordCopyAsync(copy, cancellationToken);

    public ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken) => inner.FindCopyAsync(messageId, cancellationToken);

    public ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken) => inner.FindAsync(requestId, cancellationToken);

    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
}
