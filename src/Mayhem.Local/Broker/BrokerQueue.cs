using System.Security.Cryptography;
using Mayhem.Journal;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.Broker;

/// <summary>One queue of an <see cref="EmbeddedBroker"/>: its state behind one lock, its journal, its clock.</summary>
public sealed partial class BrokerQueue : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly QueueState state;
    private readonly IJournal journal;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly bool isInMemory;
    private readonly RecordWriter record = new();
    private readonly Func<bool, Task> commit;
    private readonly long openedAt;
    private readonly WaitingLine<IReadOnlyList<BrokeredMessage>> receivers;
    private readonly WaitingLine<IReadOnlyList<BrokeredMessage>> deadLetterReceivers;
    private readonly WaitingLine<SessionLock?> sessionReceivers;
    private readonly Dictionary<Guid, WaitingLine<IReadOnlyList<BrokeredMessage>>> receiversBySession = [];
    private volatile bool closed;

    private BrokerQueue(string name, QueueOptions options, QueueState state, IJournal journal, TimeProvider time, ILogger logger)
    {
        Name = name;
        Options = options;
        this.state = state;
        this.journal = journal;
        isInMemory = journal is NullJournal;
        commit = AppendTaken;
        this.time = time;
        this.logger = logger;
        openedAt = time.GetTimestamp();
        receivers = new(() => state.HasAvailable(SubQueue.None));
        deadLetterReceivers = new(() => state.HasAvailable(SubQueue.DeadLetter));
        sessionReceivers = new(() => state.HasReadySession);
        timer = time.CreateTimer(static queue => ((BrokerQueue)queue!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The queue's name, as it was given.</summary>
    public string Name { get; }

    /// <summary>How the queue behaves.</summary>
    public QueueOptions Options { get; }

    /// <summary>True when the broker has been disposed of.</summary>
    public bool IsClosed => closed;

    /// <summary>How many messages it holds.</summary>
    public QueueCounts Counts => Read(static state => state.Counts);

    /// <summary>What it has done since it was opened.</summary>
    public QueueCounters Counters => Read(static state => state.Counters);

    /// <summary>What became of every message accepted, by its root, as far as the retention reaches back. Empty if the audit is off.</summary>
    public IReadOnlyList<AuditedRoot> Audit() => Read<IReadOnlyList<AuditedRoot>>(static state => [.. state.Audit]);

    internal static BrokerQueue Open(string name, QueueOptions options, EmbeddedBrokerOptions broker, TimeProvider time, ILogger logger) => Open(
        name, options, broker.AuditRetention,
        replay => broker.Folder is null ? NullJournal.Instance : FileJournal.Open(FolderOf(broker.Folder, name), broker.Journal, replay, logger), time, logger);

    /// <summary>A queue in a journal of any kind, which is given what its records are to be replayed with.</summary>
    internal static BrokerQueue Open(
        string name, QueueOptions options, TimeSpan? auditRetention, Func<Action<ReadOnlySpan<byte>>, IJournal> open, TimeProvider time, ILogger logger)
    {
        var replayed = new QueueState(name, options, auditRetention, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))));
        var records = open(record => EventCodec.Replay(record, replayed));
        var queue = new BrokerQueue(name, options, replayed, records, time, logger);
        lock (queue.gate)
        {
            var now = queue.Now;
            replayed.EndDeliveriesOfEarlierProcess(now);
            _ = queue.Follow(now);
        }
        return queue;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            receivers.FailAll(Closed);
            deadLetterReceivers.FailAll(Closed);
            sessionReceivers.FailAll(Closed);
            foreach (var line in receiversBySession.Values)
                line.FailAll(Closed);
        }
        await timer.DisposeAsync();
        await compaction;
        await journal.DisposeAsync();
    }

    private static string FolderOf(string folder, string queue) => Path.Combine(folder, Uri.EscapeDataString(queue.ToLowerInvariant()));

    private Moment Now => new(time.GetUtcNow(), time.GetElapsedTime(openedAt));

    private T Read<T>(Func<QueueState, T> read)
    {
        lock (gate)
        {
            if (!closed)
            {
                var now = Now;
                state.Advance(now);
                _ = Follow(now);
            }
            return read(state);
        }
    }

    private BrokerException Closed() => new(BrokerFailure.Closed, $"Queue '{Name}' is closed.");
}
