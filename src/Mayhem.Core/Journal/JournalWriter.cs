using Microsoft.Extensions.Logging;

namespace Mayhem.Journal;

/// <summary>The one thread that writes. What queues up while it waits for the disk is its next write: group commit.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<JournalWork> queue = new();
    private readonly AutoResetEvent queued = new(initialState: false);
    private readonly string folder;
    private readonly JournalOptions options;
    private readonly ILogger logger;
    private readonly Thread thread;
    private RecordBatch? filling;
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
            if (filling is null)
            {
                filling = new RecordBatch();
                Enqueue(filling);
            }
            var batch = filling;
            batch.Add(payload);
            backlogBytes += RecordBatch.BytesOf(payload);
            if (batch.Bytes >= RecordBatch.FullBytes)
                filling = null;
            return batch.Durable;
        }
    }

    public void Post(JournalWork work)
    {
        lock (gate)
        {
            if (refusal is null)
            {
                // Records appended from here on must come after this work.
                filling = null;
                Enqueue(work);
                return;
            }
        }
        work.Fail(refusal);
    }

    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task roomMade;
            lock (gate)
            {
                if (refusal is not null)
                    throw refusal;
                if (backlogBytes < options.MaxBacklogBytes)
                    return;
                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                roomMade = room.Task;
            }
            await roomMade.WaitAsync(cancellationToken);
        }
    }

    public void Commit(RecordBatch batch)
    {
        Segment.Write(batch);
        if (options.Durability == Durability.Disk)
            Segment.Flush();
        Interlocked.Add(ref records, batch.Records);
        Interlocked.Increment(ref commits);
        lock (gate)
        {
            backlogBytes -= batch.Bytes;
            if (backlogBytes < options.MaxBacklogBytes)
                ReleaseWaiters();
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
            writer.Segment.Flush();
            return true;
        });
        lock (gate)
        {
            if (refusal is not null)
                return Task.CompletedTask;
            Enqueue(closing);
            refusal = new ObjectDisposedException(nameof(FileJournal), $"The journal in '{folder}' is closed.");
            ReleaseWaiters();
        }
        return closing.Answer;
    }

    /// <summary>Waits for the end of the thread, after <see cref="CloseAsync"/> or a failure.</summary>
    public void Dispose()
    {
        thread.Join();
        queued.Dispose();
    }

    private void Run()
    {
        while (TakeNext() is { } work)
        {
            try
            {
                work.CarryOut(this);
            }
            catch (Exception cause)
            {
                FailAll(work, cause);
                return;
            }
        }
    }

    /// <summary>Waits for work; null at the end.</summary>
    private JournalWork? TakeNext()
    {
        while (true)
        {
            lock (gate)
            {
                if (queue.TryDequeue(out var work))
                {
                    if (work == filling)
                        filling = null;
                    return work;
                }
                if (refusal is not null)
                    return null;
            }
            queued.WaitOne();
        }
    }

    private void FailAll(JournalWork current, Exception cause)
    {
        var failure = new JournalFailedException(folder, cause);
        Log.JournalFailed(logger, folder, failure);
        JournalWork[] rest;
        lock (gate)
        {
            refusal = failure;
            rest = [.. queue];
            queue.Clear();
            filling = null;
            ReleaseWaiters();
        }
        current.Fail(failure);
        foreach (var work in rest)
            work.Fail(failure);
    }

    private void Enqueue(JournalWork work)
    {
        queue.Enqueue(work);
        queued.Set();
    }

    private void ReleaseWaiters()
    {
        room?.SetResult();
        room = null;
    }
}
