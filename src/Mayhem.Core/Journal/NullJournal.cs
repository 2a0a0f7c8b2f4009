namespace Mayhem.Journal;

/// <summary>Keeps nothing, at no cost: for owners that live in memory only.</summary>
public sealed class NullJournal : IJournal
{
    /// <summary>The only one.</summary>
    public static NullJournal Instance { get; } = new();

    private NullJournal()
    {
    }

    /// <inheritdoc />
    public bool IsCompactionDue => false;

    /// <inheritdoc />
    public Task Append(ReadOnlySpan<byte> record) => Task.CompletedTask;

    /// <inheritdoc />
    public void AppendUnawaited(ReadOnlySpan<byte> record)
    {
    }

    /// <inheritdoc />
    public ValueTask WriteOutAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public IJournalCompaction BeginCompaction() => new NothingToCompact();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class NothingToCompact : IJournalCompaction
    {
        public Task CompleteAsync(IEnumerable<ReadOnlyMemory<byte>> snapshot, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
