#nullable disable
using System.Text;
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message to send.</summary>
public class ServiceBusMessage
{
    private const int LongestId = 128;

    // What the broker stamps on a message belongs to one delivery, so a copy starts without it.
    private static readonly HashSet<string> StampedByTheBroker =
        new(StringComparer.Ordinal) { "DeadLetterReason", "DeadLetterErrorDescription", "Diagnostic-Id" };

    private string messageId;
    private string partitionKey;
    private string transactionPartitionKey;
    private string sessionId;
    private string replyToSessionId;
    private TimeSpan? timeToLive;
    private DateTimeOffset? scheduledEnqueueTime;

    public ServiceBusMessage()
        : this(default(ReadOnlyMemory<byte>))
    {
    }

    public ServiceBusMessage(string body)
        : this(Encoding.UTF8.GetBytes(body))
    {
    }

    public ServiceBusMessage(ReadOnlyMemory<byte> body) => Body = BinaryData.FromBytes(body);

    public ServiceBusMessage(BinaryData body)
        : this(body?.ToMemory() ?? default)
    {
    }

    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        Body = receivedMessage.Body;
        messageId = receivedMessage.MessageId;
        partitionKey = receivedMessage.PartitionKey;
        transactionPartitionKey = receivedMessage.TransactionPartitionKey;
        sessionId = receivedMessage.SessionId;
        replyToSessionId = receivedMessage.ReplyToSessionId;
        timeToLive = receivedMessage.TimeToLive == TimeSpan.MaxValue ? null : receivedMessage.TimeToLive;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        To = receivedMessage.To;
        ContentType = receivedMessage.ContentType;
        ReplyTo = receivedMessage.ReplyTo;
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
        {
            if (!StampedByTheBroker.Contains(name))
                ApplicationProperties.Add(name, value);
        }
    }

    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public BinaryData Body { get; set; }

    public string ContentType { get; set; }

    public string CorrelationId { get; set; }

    public string MessageId
    {
        get => messageId;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            messageId = Guard.NotTooLong(value, LongestId, nameof(value));
        }
    }

    public string PartitionKey
    {
        get => partitionKey;
        set
        {
            Guard.NotTooLong(value, LongestId, nameof(value));
            if (SessionId != null && !string.Equals(SessionId, value, StringComparison.Ordinal))
                throw new ArgumentOutOfRangeException(nameof(value), $"PartitionKey:{value} cannot be set to a different value than SessionId:{SessionId}.");
            partitionKey = value;
        }
    }

    public string ReplyTo { get; set; }

    public string ReplyToSessionId
    {
        get => replyToSessionId;
        set => replyToSessionId = Guard.NotTooLong(value, LongestId, nameof(value));
    }

    public DateTimeOffset ScheduledEnqueueTime
    {
        get => scheduledEnqueueTime ?? default;
        set => scheduledEnqueueTime = value.ToUniversalTime();
    }

    public string SessionId
    {
        get => sessionId;
        set
        {
            sessionId = Guard.NotTooLong(value, LongestId, nameof(value));
            if (partitionKey != null)
                partitionKey = value;
        }
    }

    public string Subject { get; set; }

    public TimeSpan TimeToLive
    {
        get => timeToLive ?? TimeSpan.MaxValue;
        set => timeToLive = Guard.Positive(value, nameof(value));
    }

    public string To { get; set; }

    public string TransactionPartitionKey
    {
        get => transactionPartitionKey;
        set => transactionPartitionKey = Guard.NotTooLong(value, LongestId, nameof(value));
    }

    public override string ToString() => $"{{MessageId:{MessageId}}}";
}
