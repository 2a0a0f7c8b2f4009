using Azure.Messaging.ServiceBus;
using Mayhem.Messages;

namespace Mayhem.Functions.Settlement;

/// <summary>Makes the message that a later attempt will be delivered as.</summary>
public static class RetryMessages
{
    /// <summary>
    /// Body and sender's fields of the original; id, time to live and application properties of the copy. Built from nothing: the SDK's own copy
    /// would carry an absolute expiry time and other people's annotations along.
    /// </summary>
    public static ServiceBusMessage Of(ServiceBusReceivedMessage original, RetryCopy copy)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(copy);
        var message = new ServiceBusMessage(original.Body)
        {
            MessageId = copy.MessageId,
            CorrelationId = original.CorrelationId,
            Subject = original.Subject,
            ContentType = original.ContentType,
            ReplyTo = original.ReplyTo,
            ReplyToSessionId = original.ReplyToSessionId,
            To = original.To,
            SessionId = original.SessionId,
        };

        // With a session its id is the partition key, and the SDK sees to that.
        if (original.SessionId is null && original.PartitionKey is { } partitionKey)
            message.PartitionKey = partitionKey;
        if (copy.TimeToLive is { } left)
            message.TimeToLive = left;
        foreach (var (name, value) in copy.Properties)
            message.ApplicationProperties[name] = value;
        return message;
    }
}
