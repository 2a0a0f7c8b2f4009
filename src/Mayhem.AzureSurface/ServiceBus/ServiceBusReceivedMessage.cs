#nullable disable
using System.Collections.ObjectModel;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message as the broker delivered it. Made by <see cref="ServiceBusModelFactory"/>.</summary>
public class ServiceBusReceivedMessage
{
    private readonly ReadOnlyDictionary<string, object> properties;

    internal ServiceBusReceivedMessage(IDictionary<string, object> properties) => this.properties = properties is null
        ? ReadOnlyDictionary<string, object>.Empty
        : new ReadOnlyDictionary<string, object>(new Dictionary<string, object>(properties, StringComparer.Ordinal));

    public IReadOnlyDictionary<string, object> ApplicationProperties => properties;

    public BinaryData Body { get; internal init; }

    public string ContentType { get; internal init; }

    public string CorrelationId { get; internal init; }

    public string DeadLetterErrorDescription => TextProperty("DeadLetterErrorDescription");

    public string DeadLetterReason => TextProperty("DeadLetterReason");

    public string DeadLetterSource { get; internal init; }

    public int DeliveryCount { get; internal init; }

    public long EnqueuedSequenceNumber { get; internal init; }

    public DateTimeOffset EnqueuedTime { get; internal init; }

    public DateTimeOffset ExpiresAt =>
        TimeToLive >= DateTimeOffset.MaxValue.Subtract(EnqueuedTime) ? DateTimeOffset.MaxValue : EnqueuedTime.Add(TimeToLive);

    public DateTimeOffset LockedUntil { get; internal init; }

    public string LockToken => LockTokenGuid.ToString();

    public string MessageId { get; internal init; }

    public string PartitionKey { get; internal init; }

    public string ReplyTo { get; internal init; }

    public string ReplyToSessionId { get; internal init; }

    public DateTimeOffset ScheduledEnqueueTime { get; internal init; }

    public long SequenceNumber { get; internal init; }

    public string SessionId { get; internal init; }

    public ServiceBusMessageState State { get; internal init; }

    public string Subject { get; internal init; }

    public TimeSpan TimeToLive { get; internal init; }

    public string To { get; internal init; }

    public string TransactionPartitionKey { get; internal init; }

    public override string ToString() => $"{{MessageId:{MessageId}}}";

    internal Guid LockTokenGuid { get; init; }

    private string TextProperty(string name) => properties.TryGetValue(name, out var value) ? value as string : null;
}
