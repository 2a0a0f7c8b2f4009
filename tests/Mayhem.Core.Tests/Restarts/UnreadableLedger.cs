using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Restarts;

/// <summary>A ledger that cannot be reached.</summary>
internal sealed class UnreadableLedger : ILedger
{
    private static readonly IOException Unreachable = new("The ledger cannot be reached.");

    public ValueTask<IntentAnswer> RecordIntentAsync(RestartRequest request, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordFailedAsync(string requestId, int attempt, string error, bool ambiguous, RecordedFailure? failure, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken) => throw Unreachable;

    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) => throw Unreachable;
}
