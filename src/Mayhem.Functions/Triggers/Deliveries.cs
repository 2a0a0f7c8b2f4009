using Azure.Messaging.ServiceBus;
using Mayhem.Messages;

namespace Mayhem.Functions.Triggers;

/// <summary>Translates what Service Bus delivered into what the engine handles.</summary>
public static class Deliveries
{
    /// <summary>The delivery. Never throws on account of the message: an unreadable one is for the engine to dead-letter.</summary>
    /// <param name="message">The message under its lock.</param>
    /// <param name="queue">The queue it came from.</param>
    /// <param name="operationId">The trace that the invocation runs in.</param>
    /// <param name="sessionLockedUntil">When the lock of its session ends; null on a queue without sessions. The message's own time is that of its delivery, and the session may have been renewed since.</param>
    public static Delivery Of(ServiceBusReceivedMessage message, string queue, string? operationId, DateTimeOffset? sessionLockedUntil = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new Delivery
        {
            Queue = queue,
            MessageId = IdOf(message),
            Body = DataOf(message, static message => message.Body),
            DeliveryCount = message.DeliveryCount,
            LockedUntil = sessionLockedUntil ?? message.LockedUntil,
            SequenceNumber = message.SequenceNumber,
            EnqueuedAt = message.EnqueuedTime,
            ExpiresAt = message.ExpiresAt == DateTimeOffset.MaxValue ? null : message.ExpiresAt,
            // Without sessions, a SessionId is the sender's affair, and nothing waits for the message.
            SessionId = sessionLockedUntil is null ? null : message.SessionId ?? "",
            CorrelationId = message.CorrelationId,
            OperationId = operationId,
            Properties = message.ApplicationProperties,
        };
    }

    // A sender may leave the id out; the broker's number is as stable and as unique in its queue.
    private static string IdOf(ServiceBusReceivedMessage message) =>
        string.IsNullOrEmpty(message.MessageId) ? $"sequence-{message.SequenceNumber}" : message.MessageId;

    /// <summary>The bytes of a message's body; none if it is an AMQP value or sequence, as a JMS client sends it.</summary>
    internal static ReadOnlyMemory<byte> DataOf(ServiceBusReceivedMessage message, Func<ServiceBusReceivedMessage, BinaryData> body)
    {
        try
        {
            return body(message).ToMemory();
        }
        catch (NotSupportedException)
        {
            // The parser rejects the empty body as poison, where an exception here would burn every delivery.
            return default;
        }
    }
}
