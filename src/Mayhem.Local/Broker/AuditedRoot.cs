namespace Mayhem.Local.Broker;

/// <summary>
/// What became of the messages the broker accepted for one root: the sender's message and every copy made of it. A root with nothing live and no
/// dead letter should have an outcome elsewhere; if it has none, it is lost.
/// </summary>
public sealed record AuditedRoot
{
    /// <summary>The id of the sender's message.</summary>
    public required string RootId { get; init; }

    /// <summary>The correlation id of the first message accepted.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>When the first message was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>How many of its messages are active, locked, scheduled or deferred.</summary>
    public int Live { get; init; }

    /// <summary>The reason of each of its messages among the dead letters.</summary>
    public IReadOnlyList<string> DeadLettered { get; init; } = [];

    /// <summary>How many were completed.</summary>
    public int Completed { get; init; }

    /// <summary>How many dead letters were taken out of the dead letters again.</summary>
    public int Resolved { get; init; }

    /// <summary>How many were dropped when their time to live ended.</summary>
    public int Expired { get; init; }

    /// <summary>How many were cancelled while scheduled.</summary>
    public int Cancelled { get; init; }
}
