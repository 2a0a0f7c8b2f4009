using Microsoft.Extensions.Logging;

namespace Mayhem.Journal;

/// <summary>
/// Writes and flushes. One thread flushes, when somebody waits for it, and what has been written while it waited for the disk is its next flush: group
/// commit. Who cannot wait for the disk, but needs its record to outlive the process, writes out what is queued itself.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Lock gate = new();

    // Held while the log is written or replaced; taken before the gate. Nobody holds it while the disk is flushed.
    private readonly Lock writing = new();
    private readonly Queue<JournalWork> queue = new();
    private readonly AutoResetEvent wanted = new(initialState: false);
    private readonly string folder;
    private readonly JournalOptions options;
    private readonly ILogger logger;
    private readonly Thread thread;
    private List<RecordBatch> written = [];
    private List<RecordBatch> flushing = [];
    private RecordBatch? filling;
    private int awaited;
    private bool asleep;
    private long backlogBytes;
    private TaskCompletionSource? room;
    private Exception? refusal;
    private long records;
    private long commits;

    public JournalWriter(string folder, SegmentFile segment, JournalOptions options, ILogger logger)
    {
        this.folder = folder;
        this.options = options;
        this.logger = logger;
        Segment = segment;
        thread = new Thread(Run) { Name = "Mayhem journal", IsBackground = true };
        thread.Start();
    }

    /// <summary>The log that is written to. Replaced on the writer's thread only.</summary>
    public SegmentFile Segment { get; private set; }

    public long Records => Interlocked.Read(ref records);

    public long Commits => Interlocked.Read(ref commits);

    public Task Append(ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            if (refusal is not null)
                return Task.FromException(refusal);
            return DurableOf(Add(payload));
        }
    }

    public void AppendUnawaited(ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            if (refusal is null)
                Add(payload);
        }
    }

    /// <summary>Hands everything that was appended to the operating system, on the caller's thread.</summary>
    public ValueTask WriteOutAsync()
    {
        lock (writing)
            WriteQueued();
        lock (gate)
        {
            if (refusal is not null)
                return ValueTask.FromException(refusal);
            // What was appended behind a compaction has to wait for its turn.
            return queue.TryPeek(out var first) && first is JournalTurn ? new ValueTask(DurableOf(Filling())) : ValueTask.CompletedTask;
        }
    }

    public void Post(JournalTurn turn)
    {
        lock (gate)
        {
            if (refusal is null)
            {
                // Records appended from here on must come after this turn.
                filling = null;
                queue.Enqueue(turn);
                Await();
                return;
            }
        }
        turn.Fail(refusal);
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (refusal is not null)
                return ValueTask.FromException(refusal);
            if (backlogBytes < options.MaxBacklogBytes)
                return ValueTask.CompletedTask;
            room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Wake();
            return WaitForRoomAsync(room.Task, cancellationToken);
        }
    }

    /// <summary>Goes on in another log. On the writer's thread only.</summary>
    public SegmentFile SwitchTo(SegmentFile next)
    {
        var previous = Segment;
        Segment = next;
        return previous;
    }

    /// <summary>Writes what is queued, refuses what comes after, and ends the thread.</summary>
    public Task CloseAsync()
    {
        var closing = new JournalQuestion<bool>(writer =>
        {
            writer.Segment.Close();
            return true;
        });
        lock (gate)
        {
            if (refusal is not null)
                return Task.CompletedTask;
            queue.Enqueue(closing);
            Await();
            refusal = new ObjectDisposedException(nameof(FileJournal), $"The journal in '{folder}' is closed.");
            ReleaseWaiters();
        }
        return closing.Answer;
    }

    /// <summary>Waits for the end of the thread, after <see cref="CloseAsync"/> or a failure.</summary>
    public void Dispose()
    {
        thread.Join();
        wanted.Dispose();
    }

    /// <summary>The batch that takes the next record. Under the gate.</summary>
    private RecordBatch Filling()
    {
        if (filling is null)
        {
            filling = new RecordBatch();
            queue.Enqueue(filling);
        }
        return filling;
    }

    /// <summary>Under the gate.</summary>
    private RecordBatch Add(ReadOnlySpan<byte> payload)
    {
        var batch = Filling();
        batch.Add(payload);
        backlogBytes += RecordBatch.BytesOf(payload);
        if (batch.Bytes >= RecordBatch.FullBytes)
            filling = null;
        return batch;
    }

    /// <summary>Ends when a batch that is being filled is durable. Under the gate.</summary>
    private Task DurableOf(RecordBatch batch)
    {
        if (!batch.IsAwaited)
            Await();
        return batch.Durable;
    }

    /// <summary>Somebody waits for one more of what is queued. Under the gate.</summary>
    private void Await()
    {
        awaited++;
        Wake();
    }

    private void Wake()
    {
        if (!asleep)
            return;
        asleep = false;
        wanted.Set();
    }

    private async ValueTask WaitForRoomAsync(Task roomMade, CancellationToken cancellationToken)
    {
        await roomMade.WaitAsync(cancellationToken);
        await WaitForRoomAsync(cancellationToken);
    }

    private void Run()
    {
        while (WaitForWork())
        {
            lock (writing)
                WriteQueued();
            if (!TryCommit())
                TakeTurn();
        }
    }

    private bool WaitForWork()
    {
        while (true)
        {
            lock (gate)
            {
                if (awaited > 0 || (room is not null && (queue.Count > 0 || written.Count > 0)))
                    return true;
                if (refusal is not null)
                    return false;
                asleep = true;
            }
            wanted.WaitOne();
        }
    }

    /// <summary>Writes the records that are first in the queue. Under the lock of the log.</summary>
    private void WriteQueued()
    {
        while (TryTake<RecordBatch>() is { } batch)
        {
            try
            {
                Segment.Write(batch);
            }
            catch (Exception cause)
            {
                FailAll(batch, cause);
                return;
            }
            lock (gate)
                written.Add(batch);
        }
    }

    /// <summary>Flushes what is written, and tells those who wait for it; false if nothing is.</summary>
    private bool TryCommit()
    {
        lock (gate)
        {
            if (written.Count == 0)
                return false;
            (flushing, written) = (written, flushing);
        }
        try
        {
            if (options.Durability == Durability.Disk)
                Segment.Flush();
        }
        catch (Exception cause)
        {
            FailAll(null, cause);
            return true;
        }
        var (bytes, answered) = (0, 0);
        foreach (var batch in flushing)
        {
            bytes += batch.Bytes;
            answered += batch.IsAwaited ? 1 : 0;
            Interlocked.Add(ref records, batch.Records);
        }
        Interlocked.Increment(ref commits);
        lock (gate)
        {
            backlogBytes -= bytes;
            awaited -= answered;
            if (backlogBytes < options.MaxBacklogBytes)
                ReleaseWaiters();
        }
        foreach (var batch in flushing)
            batch.Complete();
        flushing.Clear();
        return true;
    }

    private void TakeTurn()
    {
        lock (writing)
        {
            if (TryTake<JournalTurn>() is not { } turn)
                return;
            try
            {
                turn.CarryOut(this);
            }
            catch (Exception cause)
            {
                FailAll(turn, cause);
            }
        }
    }

    /// <summary>Takes the first in the queue, if it is such work.</summary>
    private T? TryTake<T>()
        where T : JournalWork
    {
        lock (gate)
        {
            if (!queue.TryPeek(out var first) || first is not T work)
                return null;
            queue.Dequeue();
            if (first == filling)
                filling = null;
            if (first is JournalTurn)
                awaited--;
            return work;
        }
    }

    private void FailAll(JournalWork? current, Exception cause)
    {
        var failure = new JournalFailedException(folder, cause);
        Log.JournalFailed(logger, folder, failure);
        List<JournalWork> undone = current is null ? [.. flushing] : [current];
        lock (gate)
        {
            if (refusal is JournalFailedException earlier)
                failure = earlier;
            refusal = failure;
            undone.AddRange(written);
            undone.AddRange(queue);
            written.Clear();
            queue.Clear();
            filling = null;
            awaited = 0;
            ReleaseWaiters();
            Wake();
        }
        foreach (var work in undone)
            work.Fail(failure);
    }

    private void ReleaseWaiters()
    {
        room?.SetResult();
        room = null;
    }
}
