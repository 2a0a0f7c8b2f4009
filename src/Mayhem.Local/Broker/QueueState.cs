namespace Mayhem.Local.Broker;

/// <summary>
/// One queue as a state machine: commands and the time go in, answers and events come out. No I/O and no clock of its own; not thread-safe.
/// What outlives the process changes only by applying events, so that replaying them gives the same queue with its locks released.
/// </summary>
internal sealed partial class QueueState
{
    private const string DeadLetterReason = "DeadLetterReason";
    private const string DeadLetterDescription = "DeadLetterErrorDescription";

    private readonly string name;
    private readonly QueueOptions options;
    private readonly LockTokens tokens;
    private readonly DuplicateWindow? duplicates;
    private readonly AuditTrail? audit;
    private readonly SubQueueState active = new();
    private readonly SubQueueState deadLetters = new();
    private readonly List<QueueEvent> events = [];
    private DateTimeOffset at;
    private long nextSequenceNumber = 1;

    public QueueState(string name, QueueOptions options, TimeSpan? auditRetention, long lockSeed)
    {
        this.name = name;
        this.options = options;
        tokens = new LockTokens(lockSeed);
        duplicates = options.DuplicateDetectionWindow is { } window ? new DuplicateWindow(window) : null;
        audit = auditRetention is { } retention ? new AuditTrail(retention) : null;
    }

    /// <summary>The wall-clock time of the last command: that of the events in <see cref="Events"/>.</summary>
    public DateTimeOffset At => at;

    /// <summary>What has happened since <see cref="ClearEvents"/>. It may hold events also after a command that threw: time passed.</summary>
    public IReadOnlyList<QueueEvent> Events => events;

    public void ClearEvents() => events.Clear();

    /// <summary>What became of every root on record.</summary>
    public IEnumerable<AuditedRoot> Audit => audit?.All ?? [];

    public QueueCounts Counts => new(
        active.Count(MessageState.Active),
        active.Count(MessageState.Locked),
        active.Count(MessageState.Scheduled),
        active.Count(MessageState.Deferred),
        deadLetters.Messages.Count);

    /// <summary>Lets everything happen that is due: locks end, scheduled messages become active, messages expire. Every command does this first.</summary>
    public void Advance(Moment now)
    {
        at = now.WallClock;
        EndLocks(now);
        ActivateDue();
        ExpireDue();
    }

    /// <summary>Messages from a sequence number on, whatever their state, in order; nothing is locked.</summary>
    public IReadOnlyList<BrokeredMessage> Peek(SubQueue from, long sequenceNumber, int max, string? sessionId, Moment now)
    {
        Advance(now);
        return [.. Of(from).Messages.From(sequenceNumber)
            .Where(message => sessionId is null || string.Equals(message.Content.SessionId, sessionId, StringComparison.Ordinal))
            .Take(max)
            .Select(message => message.Snapshot(message.Place!.Value))];
    }

    /// <summary>The numbers of all messages, whatever their state, in order.</summary>
    public IReadOnlyList<long> SequenceNumbers(SubQueue from)
    {
        var numbers = new List<long>(Of(from).Messages.Count);
        numbers.AddRange(Of(from).Messages.From(0).Select(message => message.SequenceNumber));
        return numbers;
    }

    private SubQueueState Of(SubQueue sub) => sub == SubQueue.DeadLetter ? deadLetters : active;

    private SubQueueState Of(StoredMessage message) => message.IsDeadLetter ? deadLetters : active;

    private void Emit(QueueEvent happened)
    {
        Apply(happened, at);
        events.Add(happened);
    }
}
