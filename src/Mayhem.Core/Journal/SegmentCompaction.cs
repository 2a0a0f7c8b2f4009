using Microsoft.Extensions.Logging;

namespace Mayhem.Journal;

/// <summary>
/// Writes the next log aside: snapshot, then what was appended since the cut, copied from the present log. Appending goes on in the present log
/// until the writer, in its turn, copies the rest and puts the next log in place: whichever log a crash leaves behind has every acknowledged record.
/// </summary>
internal sealed class SegmentCompaction : IJournalCompaction
{
    /// <summary>So much is written aside between two flushes: a flush of everything at once would hold up those of the present log.</summary>
    private const int FlushedBytes = 4 << 20;

    /// <summary>As much of the tail as the writer may be held up with.</summary>
    private const int ShortTail = 64 << 10;

    /// <summary>How often the tail is caught up with beside the writer: it grows meanwhile.</summary>
    private const int CatchingUp = 8;

    private readonly FileJournal journal;
    private readonly JournalWriter writer;
    private readonly JournalDisk disk;
    private readonly ILogger logger;
    private readonly JournalQuestion<SegmentFile> atCut;
    private long copied;
    private long flushed;
    private SegmentFile? next;
    private RecordBatch? batch;
    private bool begun;
    private bool ended;

    public SegmentCompaction(FileJournal journal, JournalWriter writer, JournalDisk disk, ILogger logger)
    {
        this.journal = journal;
        this.writer = writer;
        this.disk = disk;
        this.logger = logger;
        atCut = new JournalQuestion<SegmentFile>(present =>
        {
            copied = present.Segment.Length;
            return present.Segment;
        });
        writer.Post(atCut);
    }

    public async Task CompleteAsync(IEnumerable<ReadOnlyMemory<byte>> snapshot, CancellationToken cancellationToken)
    {
        if (begun)
            throw new InvalidOperationException("A compaction can be completed once. Begin another one.");
        begun = true;
        var present = await atCut.Answer;
        await Task.Run(() => WriteAside(present, snapshot, cancellationToken), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var switching = new JournalQuestion<IOException?>(Switch);
        writer.Post(switching);
        if (await switching.Answer is { } failure)
            throw new IOException($"The journal in '{journal.Folder}' could not be compacted and goes on with its present log: {failure.Message}", failure);
        Discard(present);
        Log.JournalCompacted(logger, journal.Folder, present.Length, journal.Statistics.Bytes);
    }

    public ValueTask DisposeAsync()
    {
        if (ended)
            return ValueTask.CompletedTask;
        ended = true;
        batch?.Release();
        if (next is not null && writer.Segment != next)
            Discard(next);
        journal.EndCompaction();
        return ValueTask.CompletedTask;
    }

    private void WriteAside(SegmentFile present, IEnumerable<ReadOnlyMemory<byte>> snapshot, CancellationToken cancellationToken)
    {
        next = SegmentFile.CreateAside(disk, journal.Folder, present.Number + 1);
        batch = new RecordBatch();
        foreach (var record in snapshot)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FileJournal.ThrowIfTooLong(record.Length);
            Copy(record.Span);
        }
        WriteCopied();
        next.EndSnapshot();
        for (var round = 0; round < CatchingUp && (round == 0 || present.Length - copied > ShortTail); round++)
        {
            CopyTail(present);
            next.Flush();
        }
    }

    /// <summary>On the writer's thread. Returns what went wrong while the present log still counted; throws what went wrong later.</summary>
    private IOException? Switch(JournalWriter atSwitch)
    {
        var present = atSwitch.Segment;
        try
        {
            CopyTail(present);
            next!.Flush();
        }
        catch (IOException failure)
        {
            return failure;
        }
        next.PutInPlace(journal.Folder);
        atSwitch.SwitchTo(next);
        journal.CountCompaction();
        return null;
    }

    private void CopyTail(SegmentFile present)
    {
        var end = present.Length;
        var reached = new SegmentReader(present.Handle).Read(copied, end, Copy);
        WriteCopied();
        if (reached != end)
            throw new IOException($"'{present.Path}' cannot be read back at byte {reached}.");
        copied = end;
    }

    private void Copy(ReadOnlySpan<byte> record)
    {
        batch!.Add(record);
        if (batch.Bytes >= RecordBatch.FullBytes)
            WriteCopied();
    }

    private void WriteCopied()
    {
        if (batch!.Records == 0)
            return;
        next!.Write(batch);
        batch.Clear();
        if (next.Length - flushed < FlushedBytes)
            return;
        next.Flush();
        flushed = next.Length;
    }

    /// <summary>A log that is left over does no harm: the next opening removes it.</summary>
    private void Discard(SegmentFile segment)
    {
        segment.Dispose();
        try
        {
            disk.Delete(segment.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.JournalLogNotDeleted(logger, segment.Path, failure);
        }
    }
}
