using Mayhem.Journal;

namespace Mayhem.Ledger;

/// <summary>How a record becomes durable, and what has ended is forgotten.</summary>
public sealed partial class EmbeddedLedger
{
    /// <summary>Returns while the disk takes records.</summary>
    /// <exception cref="JournalFailedException">The disk has refused something. No record is taken any more.</exception>
    public async Task EnsureWritableAsync(CancellationToken cancellationToken) => await journal.WaitForRoomAsync(cancellationToken);

    private async ValueTask RecordAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        await journal.WaitForRoomAsync(cancellationToken);
        Task durable;
        lock (gate)
        {
            Record(record);
            durable = lastRecord;
        }
        await durable.WaitAsync(cancellationToken);
    }

    private bool Record(LedgerRecord record)
    {
        if (journal is NullJournal)
            return RecordInMemory(record);
        var bytes = record.ToBytes();
        if (!state.Apply(record))
            return false;
        lastRecord = journal.Append(bytes);
        compaction.StartIfDue(capture);
        return true;
    }

    private bool RecordInMemory(LedgerRecord record)
    {
        if (!state.Apply(record))
            return false;
        if (--recordsUntilForgetting > 0)
            return true;
        state.Forget(time.GetUtcNow() - options.Retention);
        recordsUntilForgetting = Math.Max(RecordsBetweenForgetting, 2 * state.Entries.Count);
        return true;
    }

    private IEnumerable<ReadOnlyMemory<byte>> CaptureForSnapshot()
    {
        state.Forget(time.GetUtcNow() - options.Retention);
        return state.Capture().Select(record => (ReadOnlyMemory<byte>)record.ToBytes());
    }
}
