using System.Globalization;

namespace Mayhem.Messages;

/// <summary>One delivery of a message under a peek-lock, as the broker described it. The same message may be delivered again.</summary>
public sealed record Delivery
{
    private static readonly Dictionary<string, object> NoProperties = new(StringComparer.Ordinal);

    /// <summary>The queue the message came from.</summary>
    public required string Queue { get; init; }

    /// <summary>The broker's id of this message, at most 128 characters. A scheduled copy has an id of its own: see <see cref="RootId"/>.</summary>
    public required string MessageId { get; init; }

    /// <summary>The body, not yet parsed.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How often the broker has delivered this message, from 1. A scheduled copy starts at 1 again.</summary>
    public required int DeliveryCount { get; init; }

    /// <summary>When the lock of this delivery ends, by the broker's clock. Not updated by renewals.</summary>
    public required DateTimeOffset LockedUntil { get; init; }

    /// <summary>The broker's number of the message in its queue.</summary>
    public long SequenceNumber { get; init; }

    /// <summary>When the broker accepted the message.</summary>
    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When the message's time to live ends; null if it never does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The session, on a queue with sessions.</summary>
    public string? SessionId { get; init; }

    /// <summary>The sender's correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The trace that this delivery belongs to; null outside a trace.</summary>
    public string? OperationId { get; init; }

    /// <summary>The application properties, by name. Values have the types that AMQP knows.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = NoProperties;

    /// <summary>Tells the message from all others, as in <c>{MessageId}#{SequenceNumber}</c>: two messages may have one id, since a request may be sent again.</summary>
    public string Identity => string.Create(CultureInfo.InvariantCulture, $"{MessageId}#{SequenceNumber}");

    /// <summary>The id of the first message of the chain of scheduled copies that this one belongs to.</summary>
    public string RootId => Properties.TryGetValue(MessageProperties.RootId, out var root) && root is string { Length: > 0 } id ? id : MessageId;

    /// <summary>How many scheduled copies have been made before this delivery; 0 for the message that the sender sent.</summary>
    public int Copy => MessageProperties.Number(Properties, MessageProperties.Copy);
}
