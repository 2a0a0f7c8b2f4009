namespace Mayhem.Local.Broker;

/// <summary>Where a message can be received from.</summary>
public enum SubQueue
{
    /// <summary>The queue itself.</summary>
    None,

    /// <summary>Its dead letters.</summary>
    DeadLetter,
}

/// <summary>What a delivery means for the message.</summary>
public enum ReceiveMode
{
    /// <summary>It is locked and has to be settled.</summary>
    PeekLock,

    /// <summary>It is gone.</summary>
    ReceiveAndDelete,
}

/// <summary>Where a message stands in its queue.</summary>
public enum MessageState
{
    /// <summary>Ready to be received.</summary>
    Active,

    /// <summary>Delivered and locked.</summary>
    Locked,

    /// <summary>Waiting for its time.</summary>
    Scheduled,

    /// <summary>Set aside by a receiver; it is received by its sequence number.</summary>
    Deferred,
}

/// <summary>A message as it was when it was received or peeked. Never changes.</summary>
public sealed record BrokeredMessage
{
    /// <summary>What the sender sent.</summary>
    public required MessageContent Content { get; init; }

    /// <summary>The application properties as they are now: the sender's, changed by receivers.</summary>
    public required IReadOnlyDictionary<string, object> Properties { get; init; }

    /// <summary>The number of the message in its queue. Grows from message to message; a scheduled message gets a new one when it becomes active.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>Where it stands.</summary>
    public required MessageState State { get; init; }

    /// <summary>How often it has been delivered, this delivery included.</summary>
    public required int DeliveryCount { get; init; }

    /// <summary>When it became active; for a scheduled message, when it was accepted.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When its time to live ends; null if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The lock of this delivery; empty on a peeked message.</summary>
    public Guid LockToken { get; init; }

    /// <summary>When the lock ends; meaningless on a peeked message.</summary>
    public DateTimeOffset LockedUntil { get; init; }

    /// <summary>The queue a dead letter comes from; null on other messages.</summary>
    public string? DeadLetterSource { get; init; }

    /// <summary>Why it is a dead letter; null if no reason was given. Receivers cannot change it, unlike the application property of the same name.</summary>
    public string? DeadLetterReason { get; init; }
}

/// <summary>The lock of a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LockToken">What proves the lock.</param>
/// <param name="LockedUntil">When it ends, by the wall clock.</param>
public sealed record SessionLock(string SessionId, Guid LockToken, DateTimeOffset LockedUntil);
