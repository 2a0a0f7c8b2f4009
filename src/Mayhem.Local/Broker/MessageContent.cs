using Mayhem.Messages;

namespace Mayhem.Local.Broker;

/// <summary>What a sender sends. The broker keeps it as it is; what changes on the way is in <see cref="BrokeredMessage"/>.</summary>
public sealed record MessageContent
{
    /// <summary>No application properties.</summary>
    public static readonly IReadOnlyDictionary<string, object> NoProperties = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>The sender's id, 1 to 128 characters. Duplicate detection goes by it.</summary>
    public required string MessageId { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The session, at most 128 characters. Required on queues with sessions, a mere label on others.</summary>
    public string? SessionId { get; init; }

    /// <summary>The partition key, at most 128 characters. Carried, not interpreted: there is one partition.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The id of what this message belongs to.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What the message is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The type of the body, as in MIME.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where the message goes. Carried, not interpreted.</summary>
    public string? To { get; init; }

    /// <summary>Where an answer goes.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The session that an answer belongs to, at most 128 characters.</summary>
    public string? ReplyToSessionId { get; init; }

    /// <summary>How long the message lives from when it becomes active; null for as long as the queue's default allows.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When the message becomes active; null, or a time that has passed, for at once.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>The application properties. Values are of the types in <see cref="PropertyValues"/>.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = NoProperties;

    /// <summary>The id of the first message of a chain of copies: the application property, or this message's own id.</summary>
    public string RootId => MessageProperties.Text(Properties, MessageProperties.RootId) is { Length: > 0 } root ? root : MessageId;
}
