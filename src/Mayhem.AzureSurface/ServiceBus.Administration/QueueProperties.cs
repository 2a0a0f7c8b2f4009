#nullable disable
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus.Administration;

/// <summary>How a queue is set up.</summary>
public class QueueProperties
{
    internal QueueProperties(string name) => Name = name;

    public TimeSpan AutoDeleteOnIdle { get; set => field = Guard.InRange(value, TimeSpan.FromMinutes(5), TimeSpan.MaxValue, nameof(AutoDeleteOnIdle)); } = TimeSpan.MaxValue;

    public bool DeadLetteringOnMessageExpiration { get; set; }

    public TimeSpan DefaultMessageTimeToLive { get; set => field = Guard.InRange(value, TimeSpan.FromSeconds(1), TimeSpan.MaxValue, nameof(DefaultMessageTimeToLive)); } = TimeSpan.MaxValue;

    public TimeSpan DuplicateDetectionHistoryTimeWindow
    {
        get;
        set => field = Guard.InRange(value, TimeSpan.FromSeconds(20), TimeSpan.FromDays(7), nameof(DuplicateDetectionHistoryTimeWindow));
    } = TimeSpan.FromMinutes(1);

    public bool EnableBatchedOperations { get; set; }

    public bool EnablePartitioning { get; internal init; }

    public string ForwardDeadLetteredMessagesTo { get; set; }

    public string ForwardTo { get; set; }

    public TimeSpan LockDuration { get; set => field = Guard.Positive(value, nameof(LockDuration)); } = TimeSpan.FromSeconds(60);

    public int MaxDeliveryCount { get; set => field = Guard.InRange(value, 1, int.MaxValue, nameof(MaxDeliveryCount)); } = 10;

    public long? MaxMessageSizeInKilobytes { get; set; }

    public long MaxSizeInMegabytes { get; set; }

    public string Name { get; }

    public bool RequiresDuplicateDetection { get; internal init; }

    public bool RequiresSession { get; internal init; }

    public EntityStatus Status { get; set; }

    public string UserMetadata { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); }
}
