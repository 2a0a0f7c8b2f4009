using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Restarts;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>Watches the records of restarts.</summary>
internal sealed class DyingLedger(ILedger inner, KillSwitch killSwitch) : ILedger
{
    public async ValueTask<IntentAnswer> RecordIntentAsync(RestartIntent intent, CancellationToken cancellationToken)
    {
        killSwitch.Pass(KillPoint.BeforeHandler, intent.Request.RequestId);
        var answer = await inner.RecordIntentAsync(intent, cancellationToken);
        if (answer is IntentAnswer.Begun or IntentAnswer.Interrupted)
            killSwitch.Pass(KillPoint.AfterIntent, intent.Request.RequestId);
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

    public async ValueTask RecordFailedAsync(string requestId, int attempt, string error, AttemptFailure how, RecordedFailure? failure, CancellationToken cancellationToken)
    {
        await inner.RecordFailedAsync(requestId, attempt, error, how, failure, cancellationToken);
        killSwitch.Pass(KillPoint.AfterOutcome, requestId);
    }

    public ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken) => inner.FindFailureAsync(message, cancellationToken);

    public ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken) =>
        inner.RecordUnsettledAsync(messageId, deliveryCount, cancellationToken);

    public ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken) => inner.CountUnsettledAsync(messageId, cancellationToken);

    public ValueTask RecordTrialAsync(string message, bool outlived, CancellationToken cancellationToken) => inner.RecordTrialAsync(message, outlived, cancellationToken);

    public ValueTask<bool> IsOnTrialAsync(string message, CancellationToken cancellationToken) => inner.IsOnTrialAsync(message, cancellationToken);

    public ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken) => inner.RecordCopyAsync(copy, cancellationToken);

    public ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken) => inner.FindCopyAsync(messageId, cancellationToken);

    public ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken) => inner.FindAsync(requestId, cancellationToken);

    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public ValueTask<IReadOnlyList<RestartUse>> ListUsesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken) => inner.ListUsesAsync(group, since, cancellationToken);

    public ValueTask RecordRefusalAsync(Refusal refusal, CancellationToken cancellationToken) => inner.RecordRefusalAsync(refusal, cancellationToken);

    public IAsyncEnumerable<RefusalRecord> ListRefusalsAsync(CancellationToken cancellationToken) => inner.ListRefusalsAsync(cancellationToken);

    public ValueTask<Halt?> FindHaltAsync(CancellationToken cancellationToken) => inner.FindHaltAsync(cancellationToken);

    public ValueTask HaltAsync(string reason, string by, CancellationToken cancellationToken) => inner.HaltAsync(reason, by, cancellationToken);

    public ValueTask<bool> ResumeAsync(string by, CancellationToken cancellationToken) => inner.ResumeAsync(by, cancellationToken);

    public ValueTask<IReadOnlyList<Switching>> ListSwitchingsAsync(CancellationToken cancellationToken) => inner.ListSwitchingsAsync(cancellationToken);
}
