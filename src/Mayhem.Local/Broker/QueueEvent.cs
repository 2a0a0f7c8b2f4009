namespace Mayhem.Local.Broker;

/// <summary>Something that happened in a queue and outlives the process. Applying the events of a queue in order gives its state; locks are not among them.</summary>
internal abstract record QueueEvent
{
    private QueueEvent()
    {
    }

    public sealed record Accepted(long SequenceNumber, MessageContent Content) : QueueEvent;

    /// <summary>A scheduled message became active, under a new number.</summary>
    public sealed record Activated(long ScheduledNumber, long SequenceNumber) : QueueEvent;

    public sealed record Delivered(long SequenceNumber) : QueueEvent;

    public sealed record Completed(long SequenceNumber) : QueueEvent;

    public sealed record Abandoned(long SequenceNumber, IReadOnlyDictionary<string, object> Properties) : QueueEvent;

    public sealed record Deferred(long SequenceNumber, IReadOnlyDictionary<string, object> Properties) : QueueEvent;

    public sealed record DeadLettered(long SequenceNumber, string? Reason, string? Description, IReadOnlyDictionary<string, object> Properties) : QueueEvent;

    /// <summary>Its time to live ended, and the queue drops what expires.</summary>
    public sealed record Expired(long SequenceNumber) : QueueEvent;

    public sealed record Cancelled(long SequenceNumber) : QueueEvent;

    public sealed record SessionStateSet(string SessionId, ReadOnlyMemory<byte>? State) : QueueEvent;

    /// <summary>From a snapshot: the number that the next message gets.</summary>
    public sealed record NumberedFrom(long NextSequenceNumber) : QueueEvent;

    /// <summary>From a snapshot: a message as it was.</summary>
    public sealed record Kept(BrokeredMessage Message, bool IsDeferred) : QueueEvent;

    /// <summary>From a snapshot: an id of the duplicate window.</summary>
    public sealed record Remembered(string MessageId, long SequenceNumber, DateTimeOffset AcceptedAt) : QueueEvent;

    /// <summary>From a snapshot: what became of a root.</summary>
    public sealed record Audited(AuditedRoot Root, DateTimeOffset? EndedAt) : QueueEvent;
}
