namespace Mayhem.Journal;

/// <summary>
/// An append-only log of opaque records, from which its owner rebuilds its state. Thread-safe.
/// An owner changes its state and appends the record of the change under one lock of its own, and awaits durability outside of it.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Queues a record and returns at once: it may be called under a lock. Records reach the disk in the order of the calls.
    /// </summary>
    /// <param name="record">0 to <see cref="FileJournal.MaxRecordBytes"/> bytes; copied before the call returns.</param>
    /// <returns>
    /// Completes, never on the journal's own thread, when the record and all before it are durable as <see cref="JournalOptions.Durability"/> says.
    /// Fails with a <see cref="JournalFailedException"/> if the disk failed, now or earlier, and with an <see cref="ObjectDisposedException"/>
    /// after the end; then the record may or may not be on the disk. It need not be awaited.
    /// </returns>
    /// <exception cref="ArgumentException">The record is too long.</exception>
    Task Append(ReadOnlySpan<byte> record);

    /// <summary>
    /// Queues a record that nobody waits for, as <see cref="Append"/> does: it keeps its place in the order and is durable with the next that somebody waits
    /// for, or when the journal is closed, but the disk is not flushed for its sake. Of a failure tells the next call that can.
    /// </summary>
    /// <param name="record">0 to <see cref="FileJournal.MaxRecordBytes"/> bytes; copied before the call returns.</param>
    /// <exception cref="ArgumentException">The record is too long.</exception>
    void AppendUnawaited(ReadOnlySpan<byte> record);

    /// <summary>
    /// Hands everything appended so far to the operating system, at once and on the caller's thread: from then on it survives this process, though not yet a
    /// power cut. For what the next process must know about this one, and nobody has been told of.
    /// </summary>
    /// <exception cref="JournalFailedException">The disk failed, now or earlier.</exception>
    ValueTask WriteOutAsync();

    /// <summary>
    /// Waits until less than <see cref="JournalOptions.MaxBacklogBytes"/> wait for the disk. Await it before taking on work, outside of any lock:
    /// <see cref="Append"/> itself neither waits nor refuses.
    /// </summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellationToken);

    /// <summary>True if the log has outgrown its snapshot (see <see cref="JournalOptions.CompactionFactor"/>) and no compaction is under way. Cheap.</summary>
    bool IsCompactionDue { get; }

    /// <summary>
    /// Marks the cut between the records that a snapshot stands for (all appended before this call) and those that follow it.
    /// Call it under the lock under which the owner appends, and capture the state before letting go of that lock.
    /// </summary>
    /// <exception cref="InvalidOperationException">A compaction is under way.</exception>
    IJournalCompaction BeginCompaction();
}

/// <summary>One compaction. Disposing it without completing gives it up and changes nothing.</summary>
public interface IJournalCompaction : IAsyncDisposable
{
    /// <summary>
    /// Replaces everything before the cut by the snapshot. Appending goes on meanwhile. A crash leaves either the old log or the new one.
    /// </summary>
    /// <param name="snapshot">
    /// Records that rebuild the captured state when replayed. Enumerated once, on another thread, without the owner's lock; the memory of one
    /// record may be reused for the next.
    /// </param>
    /// <param name="cancellationToken">Gives the compaction up.</param>
    /// <exception cref="IOException">The new log could not be written; the journal goes on with the old one.</exception>
    /// <exception cref="JournalFailedException">The disk failed while the new log was put in place; the journal has failed.</exception>
    Task CompleteAsync(IEnumerable<ReadOnlyMemory<byte>> snapshot, CancellationToken cancellationToken);
}
