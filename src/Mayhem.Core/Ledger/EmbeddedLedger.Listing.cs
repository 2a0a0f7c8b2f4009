using System.Runtime.CompilerServices;
using Mayhem.Guards;

namespace Mayhem.Ledger;

/// <summary>Looking at the ledger.</summary>
public sealed partial class EmbeddedLedger
{
    /// <inheritdoc />
    public ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.Find(requestId) is { } entry ? LedgerState.AsItIs(entry) : null);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) =>
        ListAsync<LedgerEntry>(state => [.. state.Entries.Select(LedgerState.AsItIs)], cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<RestartUse>> ListUsesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult<IReadOnlyList<RestartUse>>([.. state.UsesOf(group).All.Where(use => !GroupUses.IsOver(use, since))]);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<RefusalRecord> ListRefusalsAsync(CancellationToken cancellationToken) => ListAsync(state => state.Refusals, cancellationToken);

    private async IAsyncEnumerable<T> ListAsync<T>(Func<LedgerState, IReadOnlyCollection<T>> of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        T[] snapshot;
        lock (gate)
            snapshot = [.. of(state)];
        foreach (var one in snapshot)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return one;
        }
    }
}
