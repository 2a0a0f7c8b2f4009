#nullable disable
namespace Azure.Messaging.ServiceBus.Administration;

/// <summary>How a queue is set up.</summary>
public class QueueProperties
{
    internal QueueProperties(string name) => Name = name;

    public TimeSpan AutoDeleteOnIdle { get; set; }

    public bool DeadLetteringOnMessageExpiration { get; set; }

    public TimeSpan DefaultMessageTimeToLive { get; set; }

    public TimeSpan DuplicateDetectionHistoryTimeWindow { get; set; }

    public bool EnableBatchedOperations { get; set; }

    public bool EnablePartitioning { get; internal init; }

    public string ForwardDeadLetteredMessagesTo { get; set; }

    public string ForwardTo { get; set; }

    public TimeSpan LockDuration { get; set; }

    public int MaxDeliveryCount { get; set; }

    public long? MaxMessageSizeInKilobytes { get; set; }

    public long MaxSizeInMegabytes { get; set; }

    public string Name { get; }

    public bool RequiresDuplicateDetection { get; internal init; }

    public bool RequiresSession { get; internal init; }

    public EntityStatus Status { get; set; }

    public string UserMetadata { get; set; }
}
