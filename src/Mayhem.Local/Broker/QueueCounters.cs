namespace Mayhem.Local.Broker;

/// <summary>What a queue has done since the broker was opened.</summary>
public sealed record QueueCounters
{
    /// <summary>Messages accepted, scheduled ones included, dropped duplicates not.</summary>
    public long Accepted { get; init; }

    /// <summary>Messages dropped because their id was accepted within the duplicate window.</summary>
    public long DuplicatesDropped { get; init; }

    /// <summary>Deliveries, from the queue and from its dead letters.</summary>
    public long Delivered { get; init; }

    /// <summary>Messages completed, or received and deleted.</summary>
    public long Completed { get; init; }

    /// <summary>Deliveries abandoned.</summary>
    public long Abandoned { get; init; }

    /// <summary>Deliveries deferred.</summary>
    public long Deferred { get; init; }

    /// <summary>Deliveries whose lock ran out.</summary>
    public long LockExpired { get; init; }

    /// <summary>Messages dropped when their time to live ended.</summary>
    public long ExpiredDropped { get; init; }

    /// <summary>Scheduled messages cancelled.</summary>
    public long Cancelled { get; init; }

    /// <summary>Messages dead-lettered, by reason; the empty string where there was none.</summary>
    public IReadOnlyDictionary<string, long> DeadLettered { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);
}

/// <summary>How many messages a queue holds.</summary>
/// <param name="Active">Ready to be received.</param>
/// <param name="Locked">Delivered and not settled.</param>
/// <param name="Scheduled">Waiting for their time.</param>
/// <param name="Deferred">Set aside.</param>
/// <param name="DeadLettered">Dead letters, locked ones included.</param>
public sealed record QueueCounts(long Active, long Locked, long Scheduled, long Deferred, long DeadLettered);
