using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Restarts;

/// <summary>A ledger that cannot be reached.</summary>
internal sealed class UnreadableLedger : ILedger
{
    private static readonly IOException Unreachable = new("The ledger cannot be reached.");

    public ValueTask<IntentAnswer> RecordIntentAsync(RestartIntent intent, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordFailedAsync(string requestId, int attempt, string error, AttemptFailure how, RecordedFailure? failure, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordTrialAsync(string message, bool outlived, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<bool> IsOnTrialAsync(string message, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken) => throw Unreachable;

    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<IReadOnlyList<RestartUse>> ListUsesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask RecordRefusalAsync(Refusal refusal, CancellationToken cancellationToken) => throw Unreachable;

    public IAsyncEnumerable<RefusalRecord> ListRefusalsAsync(CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<Halt?> FindHaltAsync(CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask HaltAsync(string reason, string by, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<bool> ResumeAsync(string by, CancellationToken cancellationToken) => throw Unreachable;

    public ValueTask<IReadOnlyList<Switching>> ListSwitchingsAsync(CancellationToken cancellationToken) => throw Unreachable;
}
