using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>Messages of the SDK as messages of the broker, and back.</summary>
internal static class MessageMapping
{
    /// <summary>What the SDK would send. A message without an id gets one.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">AMQP does not know the type of an application property.</exception>
    public static MessageContent ToContent(this ServiceBusMessage message) => new()
    {
        MessageId = message.MessageId ?? Guid.NewGuid().ToString("N"),
        Body = message.Body.ToArray(),
        SessionId = message.SessionId,
        PartitionKey = message.PartitionKey,
        CorrelationId = message.CorrelationId,
        Subject = message.Subject,
        ContentType = message.ContentType,
        To = message.To,
        ReplyTo = message.ReplyTo,
        ReplyToSessionId = message.ReplyToSessionId,
        TimeToLive = message.TimeToLive == TimeSpan.MaxValue ? null : message.TimeToLive,
        ScheduledFor = message.ScheduledEnqueueTime == default ? null : message.ScheduledEnqueueTime,
        Properties = AmqpProperties.Of(message.ApplicationProperties),
    };

    /// <summary>What the SDK would have received.</summary>
    public static ServiceBusReceivedMessage ToReceived(this BrokeredMessage message) => ServiceBusModelFactory.ServiceBusReceivedMessage(
        body: new BinaryData(message.Content.Body),
        messageId: message.Content.MessageId,
        partitionKey: message.Content.PartitionKey,
        sessionId: message.Content.SessionId,
        replyToSessionId: message.Content.ReplyToSessionId,
        timeToLive: message.ExpiresAt - message.EnqueuedAt ?? message.Content.TimeToLive ?? TimeSpan.MaxValue,
        correlationId: message.Content.CorrelationId,
        subject: message.Content.Subject,
        to: message.Content.To,
        contentType: message.Content.ContentType,
        replyTo: message.Content.ReplyTo,
        scheduledEnqueueTime: message.Content.ScheduledFor ?? default,
        properties: message.Properties.Count == 0 ? null : new Dictionary<string, object>(message.Properties, StringComparer.Ordinal),
        lockTokenGuid: message.LockToken,
        deliveryCount: message.DeliveryCount,
        lockedUntil: message.LockedUntil,
        sequenceNumber: message.SequenceNumber,
        deadLetterSource: message.DeadLetterSource,
        enqueuedSequenceNumber: message.SequenceNumber,
        enqueuedTime: message.EnqueuedAt,
        serviceBusMessageState: message.State switch
        {
            MessageState.Scheduled => ServiceBusMessageState.Scheduled,
            MessageState.Deferred => ServiceBusMessageState.Deferred,
            _ => ServiceBusMessageState.Active,
        });

    /// <summary>What the SDK would have received.</summary>
    public static IReadOnlyList<ServiceBusReceivedMessage> ToReceived(this IReadOnlyList<BrokeredMessage> messages)
    {
        var received = new ServiceBusReceivedMessage[messages.Count];
        for (var i = 0; i < received.Length; i++)
            received[i] = messages[i].ToReceived();
        return received;
    }
}
