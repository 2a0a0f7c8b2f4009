namespace Mayhem.Ledger;

/// <summary>What is on record of messages: failures, deliveries that were not settled, trials, planned copies.</summary>
public sealed partial class EmbeddedLedger
{
    /// <inheritdoc />
    public ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.FindFailure(message));
    }

    /// <inheritdoc />
    public ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Unsettled(messageId, deliveryCount, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.CountUnsettled(messageId));
    }

    /// <inheritdoc />
    public ValueTask RecordTrialAsync(string message, bool outlived, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Trial(message, outlived, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> IsOnTrialAsync(string message, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.IsOnTrial(message));
    }

    /// <inheritdoc />
    public ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Copy(copy, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.FindCopy(messageId));
    }
}
