using System.Text.Json;
using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.FunctionsHost;

/// <summary>A message's properties under the names, and in the form, in which the real host sends them to an isolated worker.</summary>
internal static class TriggerMetadata
{
    /// <summary>Strings as they are; everything else is JSON in a string, so a delivery count is <c>"1"</c> and a date is in quotes of its own.</summary>
    public static IReadOnlyDictionary<string, object?> Of(ServiceBusReceivedMessage message)
    {
        var properties = message.ApplicationProperties;
        return new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["MessageId"] = message.MessageId,
            ["SequenceNumber"] = Json(message.SequenceNumber),
            ["DeliveryCount"] = Json(message.DeliveryCount),
            ["LockToken"] = message.LockToken,
            ["EnqueuedTime"] = Json(message.EnqueuedTime),
            ["EnqueuedTimeUtc"] = Json(message.EnqueuedTime.UtcDateTime),
            ["ExpiresAt"] = Json(message.ExpiresAt),
            ["ExpiresAtUtc"] = Json(message.ExpiresAt.UtcDateTime),
            ["DeadLetterSource"] = message.DeadLetterSource,
            ["ContentType"] = message.ContentType,
            ["CorrelationId"] = message.CorrelationId,
            ["Subject"] = message.Subject,
            ["Label"] = message.Subject,
            ["To"] = message.To,
            ["ReplyTo"] = message.ReplyTo,
            ["ReplyToSessionId"] = message.ReplyToSessionId,
            ["SessionId"] = message.SessionId,
            ["PartitionKey"] = message.PartitionKey,
            ["TransactionPartitionKey"] = message.TransactionPartitionKey,
            ["ApplicationProperties"] = Json(properties),
            ["UserProperties"] = Json(properties),
        };
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
