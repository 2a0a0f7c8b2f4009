using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Messaging.ServiceBus;

namespace Mayhem.DeadLetters.Messages;

/// <summary>All of a dead letter, as it is shown, exported and imported: nothing is lost on the way, neither bytes nor the types of properties. A public format.</summary>
public sealed record MessageDocument
{
    // A file of lines is no part of a web page: quotes and accents stay readable in it.
    private static readonly BenchJson Lines = new(new JsonSerializerOptions(BenchJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The broker's number of the dead letter.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The broker's id, at most 128 characters.</summary>
    public required string MessageId { get; init; }

    /// <summary>The session; null outside sessions.</summary>
    public string? SessionId { get; init; }

    /// <summary>The partition key; null if there is none.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The sender's correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The sender's subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The type of the body, as in MIME.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where the message goes.</summary>
    public string? To { get; init; }

    /// <summary>Where an answer goes.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The session of an answer.</summary>
    public string? ReplyToSessionId { get; init; }

    /// <summary>How long the message was to live; null for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When the broker accepted it.</summary>
    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>How often it was delivered.</summary>
    public int DeliveryCount { get; init; }

    /// <summary>The queue in which it died.</summary>
    public string? DeadLetterSource { get; init; }

    /// <summary>The body. In JSON <c>{"text":…}</c> if it is UTF-8, else <c>{"base64":…}</c>.</summary>
    [JsonConverter(typeof(BodyConverter))]
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The application properties, the broker's and Mayhem's stamps included. In JSON each with its type, <c>{"type":"int","value":"3"}</c>.</summary>
    [JsonConverter(typeof(PropertiesConverter))]
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The document of a message that was received or peeked.</summary>
    public static MessageDocument Of(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new MessageDocument
        {
            SequenceNumber = message.SequenceNumber,
            MessageId = message.MessageId ?? "",
            SessionId = message.SessionId,
            PartitionKey = message.PartitionKey,
            CorrelationId = message.CorrelationId,
            Subject = message.Subject,
            ContentType = message.ContentType,
            To = message.To,
            ReplyTo = message.ReplyTo,
            ReplyToSessionId = message.ReplyToSessionId,
            TimeToLive = message.TimeToLive == TimeSpan.MaxValue || message.TimeToLive <= TimeSpan.Zero ? null : message.TimeToLive,
            EnqueuedAt = message.EnqueuedTime,
            DeliveryCount = message.DeliveryCount,
            DeadLetterSource = message.DeadLetterSource,
            Body = MessageBodies.Of(message),
            Properties = message.ApplicationProperties!,
        };
    }

    /// <summary>Reads one line of an export.</summary>
    /// <exception cref="BenchException">It is none; the message says why.</exception>
    public static MessageDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BenchJson.Default.MessageDocument) ?? throw new BenchException("it is null, and no dead letter");
        }
        catch (JsonException error)
        {
            throw new BenchException($"it is no exported dead letter: {error.Message}", error);
        }
    }

    /// <summary>The line of an export: JSON without a line break.</summary>
    /// <exception cref="BenchException">A property has a type that cannot be exported.</exception>
    public byte[] ToJson()
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(this, Lines.MessageDocument);
        }
        catch (JsonException error)
        {
            throw new BenchException($"Dead letter {SequenceNumber} cannot be exported: {error.Message}", error);
        }
    }
}
