namespace Mayhem.Local.Broker;

/// <summary>A message in its queue. Changed only by <see cref="QueueState"/>.</summary>
internal sealed class StoredMessage
{
    public int PlaceSlot;
    public int ExpirySlot;

    /// <summary>The capture that has taken it last; 0 for none.</summary>
    public int CapturedIn;

    public required MessageContent Content { get; init; }

    public required long SequenceNumber { get; set; }

    public required DateTimeOffset EnqueuedAt { get; set; }

    public required IReadOnlyDictionary<string, object> Properties { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? ScheduledFor => Content.ScheduledFor;

    public int DeliveryCount { get; set; }

    public string? DeadLetterSource { get; set; }

    public string? DeadLetterReason { get; set; }

    /// <summary>Set aside: it goes back to the deferred ones when its lock ends, not to the active ones.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Delivered, and not settled since as far as events tell: they do not tell when a lock ran out.</summary>
    public bool IsUnsettled { get; set; }

    /// <summary>Where it is held now; null while it is being moved.</summary>
    public MessageState? Place { get; set; }

    /// <summary>Its session, on a queue with sessions; null for dead letters.</summary>
    public SessionQueue? Session { get; set; }

    public Guid LockToken { get; set; }

    public TimeSpan LockDeadline { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    public bool IsDeadLetter => DeadLetterSource is not null;

    /// <summary>The message as it is now; with its lock, if it is being delivered under one.</summary>
    public BrokeredMessage Snapshot(MessageState state, Guid lockToken = default, DateTimeOffset lockedUntil = default) => new()
    {
        Content = Content,
        Properties = Properties,
        SequenceNumber = SequenceNumber,
        State = state,
        DeliveryCount = DeliveryCount,
        EnqueuedAt = EnqueuedAt,
        ExpiresAt = ExpiresAt,
        LockToken = lockToken,
        LockedUntil = lockedUntil,
        DeadLetterSource = DeadLetterSource,
        DeadLetterReason = DeadLetterReason,
    };
}

/// <summary>First come, first served.</summary>
internal readonly struct BySequence : IHeapOrder<StoredMessage>
{
    public static bool Precedes(StoredMessage left, StoredMessage right) => left.SequenceNumber < right.SequenceNumber;

    public static ref int Slot(StoredMessage item) => ref item.PlaceSlot;
}

/// <summary>By the end of the lock, on the monotonic clock.</summary>
internal readonly struct ByLockDeadline : IHeapOrder<StoredMessage>
{
    public static bool Precedes(StoredMessage left, StoredMessage right) =>
        left.LockDeadline != right.LockDeadline ? left.LockDeadline < right.LockDeadline : left.SequenceNumber < right.SequenceNumber;

    public static ref int Slot(StoredMessage item) => ref item.PlaceSlot;
}

/// <summary>By the time a scheduled message is due.</summary>
internal readonly struct ByDueTime : IHeapOrder<StoredMessage>
{
    public static bool Precedes(StoredMessage left, StoredMessage right) =>
        left.ScheduledFor != right.ScheduledFor ? left.ScheduledFor < right.ScheduledFor : left.SequenceNumber < right.SequenceNumber;

    public static ref int Slot(StoredMessage item) => ref item.PlaceSlot;
}

/// <summary>By the end of the time to live.</summary>
internal readonly struct ByExpiry : IHeapOrder<StoredMessage>
{
    public static bool Precedes(StoredMessage left, StoredMessage right) =>
        left.ExpiresAt != right.ExpiresAt ? left.ExpiresAt < right.ExpiresAt : left.SequenceNumber < right.SequenceNumber;

    public static ref int Slot(StoredMessage item) => ref item.ExpirySlot;
}
