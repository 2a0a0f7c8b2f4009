#nullable disable
using Azure.Messaging.ServiceBus.Administration;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes the types that otherwise only the SDK makes.</summary>
public static class ServiceBusModelFactory
{
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData body = default,
        string messageId = default,
        string partitionKey = default,
        string viaPartitionKey = default,
        string sessionId = default,
        string replyToSessionId = default,
        TimeSpan timeToLive = default,
        string correlationId = default,
        string subject = default,
        string to = default,
        string contentType = default,
        string replyTo = default,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object> properties = default,
        Guid lockTokenGuid = default,
        int deliveryCount = default,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string deadLetterSource = default,
        long enqueuedSequenceNumber = default,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = ServiceBusMessageState.Active) => new(properties)
        {
            Body = body ?? BinaryData.Empty,
            MessageId = messageId,
            PartitionKey = partitionKey,
            TransactionPartitionKey = viaPartitionKey,
            SessionId = sessionId,
            ReplyToSessionId = replyToSessionId,
            TimeToLive = timeToLive == default ? TimeSpan.MaxValue : timeToLive,
            CorrelationId = correlationId,
            Subject = subject,
            To = to,
            ContentType = contentType,
            ReplyTo = replyTo,
            ScheduledEnqueueTime = scheduledEnqueueTime.ToUniversalTime(),
            LockTokenGuid = lockTokenGuid,
            DeliveryCount = deliveryCount,
            LockedUntil = lockedUntil.ToUniversalTime(),
            SequenceNumber = sequenceNumber,
            DeadLetterSource = deadLetterSource,
            EnqueuedSequenceNumber = enqueuedSequenceNumber,
            EnqueuedTime = enqueuedTime.ToUniversalTime(),
            State = serviceBusMessageState,
        };

    public static QueueProperties QueueProperties(
        string name,
        TimeSpan lockDuration = default,
        long maxSizeInMegabytes = default,
        bool requiresDuplicateDetection = default,
        bool requiresSession = default,
        TimeSpan defaultMessageTimeToLive = default,
        TimeSpan autoDeleteOnIdle = default,
        bool deadLetteringOnMessageExpiration = default,
        TimeSpan duplicateDetectionHistoryTimeWindow = default,
        int maxDeliveryCount = default,
        bool enableBatchedOperations = default,
        EntityStatus status = default,
        string forwardTo = default,
        string forwardDeadLetteredMessagesTo = default,
        string userMetadata = default,
        bool enablePartitioning = default,
        long maxMessageSizeInKilobytes = default) => new(name)
        {
            LockDuration = lockDuration,
            MaxSizeInMegabytes = maxSizeInMegabytes,
            RequiresDuplicateDetection = requiresDuplicateDetection,
            RequiresSession = requiresSession,
            DefaultMessageTimeToLive = defaultMessageTimeToLive,
            AutoDeleteOnIdle = autoDeleteOnIdle,
            DeadLetteringOnMessageExpiration = deadLetteringOnMessageExpiration,
            DuplicateDetectionHistoryTimeWindow = duplicateDetectionHistoryTimeWindow,
            MaxDeliveryCount = maxDeliveryCount,
            EnableBatchedOperations = enableBatchedOperations,
            Status = status,
            ForwardTo = forwardTo,
            ForwardDeadLetteredMessagesTo = forwardDeadLetteredMessagesTo,
            UserMetadata = userMetadata,
            EnablePartitioning = enablePartitioning,
            MaxMessageSizeInKilobytes = maxMessageSizeInKilobytes,
        };

    public static QueueRuntimeProperties QueueRuntimeProperties(
        string name,
        long activeMessageCount = default,
        long scheduledMessageCount = default,
        long deadLetterMessageCount = default,
        long transferDeadLetterMessageCount = default,
        long transferMessageCount = default,
        long totalMessageCount = default,
        long sizeInBytes = default,
        DateTimeOffset createdAt = default,
        DateTimeOffset updatedAt = default,
        DateTimeOffset accessedAt = default) => new(name)
        {
            ActiveMessageCount = activeMessageCount,
            ScheduledMessageCount = scheduledMessageCount,
            DeadLetterMessageCount = deadLetterMessageCount,
            TransferDeadLetterMessageCount = transferDeadLetterMessageCount,
            TransferMessageCount = transferMessageCount,
            TotalMessageCount = totalMessageCount,
            SizeInBytes = sizeInBytes,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
            AccessedAt = accessedAt,
        };
}
