using System.Globalization;
using System.Text;
using System.Text.Json;
using Mayhem.Local.Broker;
using Microsoft.AspNetCore.Http;

namespace Mayhem.FrontDoor.DataPlane;

/// <summary>The header <c>BrokerProperties</c>: a JSON object of what the broker knows of a message besides its body.</summary>
internal static class BrokerProperties
{
    /// <summary>The header's name.</summary>
    public const string Header = "BrokerProperties";

    /// <summary>The message that a sender describes. What the broker itself decides is ignored, and so is what nobody knows.</summary>
    /// <exception cref="RestException">A value is not what it must be.</exception>
    public static MessageContent Read(string? json, ReadOnlyMemory<byte> body, string? contentType, IReadOnlyDictionary<string, object> properties)
    {
        using var parsed = Parse(json);
        var fields = parsed.RootElement;
        return new MessageContent
        {
            MessageId = Text(fields, "MessageId") ?? Guid.NewGuid().ToString("N"),
            Body = body,
            ContentType = contentType,
            CorrelationId = Text(fields, "CorrelationId"),
            SessionId = Text(fields, "SessionId"),
            PartitionKey = Text(fields, "PartitionKey"),
            Subject = Text(fields, "Label"),
            To = Text(fields, "To"),
            ReplyTo = Text(fields, "ReplyTo"),
            ReplyToSessionId = Text(fields, "ReplyToSessionId"),
            TimeToLive = Life(fields),
            ScheduledFor = Time(fields, "ScheduledEnqueueTimeUtc"),
            Properties = properties,
        };
    }

    /// <summary>The header of a message that was received: in ASCII, on one line.</summary>
    public static string Write(BrokeredMessage message)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("DeliveryCount", message.DeliveryCount);
            writer.WriteNumber("EnqueuedSequenceNumber", message.SequenceNumber);
            writer.WriteString("EnqueuedTimeUtc", Rfc1123(message.EnqueuedAt));
            if (message.LockToken != Guid.Empty)
            {
                writer.WriteString("LockToken", message.LockToken);
                writer.WriteString("LockedUntilUtc", Rfc1123(message.LockedUntil));
            }

            writer.WriteString("MessageId", message.Content.MessageId);
            writer.WriteNumber("SequenceNumber", message.SequenceNumber);
            writer.WriteString("State", "Active");
            if (message.Content.TimeToLive is { } life)
                writer.WriteNumber("TimeToLive", life.TotalSeconds);
            Write(writer, "CorrelationId", message.Content.CorrelationId);
            Write(writer, "SessionId", message.Content.SessionId);
            Write(writer, "PartitionKey", message.Content.PartitionKey);
            Write(writer, "Label", message.Content.Subject);
            Write(writer, "To", message.Content.To);
            Write(writer, "ReplyTo", message.Content.ReplyTo);
            Write(writer, "ReplyToSessionId", message.Content.ReplyToSessionId);
            Write(writer, "DeadLetterSource", message.DeadLetterSource);
            writer.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Rfc1123(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static JsonDocument Parse(string? json)
    {
        try
        {
            var parsed = JsonDocument.Parse(string.IsNullOrWhiteSpace(json) ? "{}" : json);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed : throw Wrong("the header must hold a JSON object");
        }
        catch (JsonException problem)
        {
            throw Wrong($"the header is not JSON: {problem.Message}");
        }
    }

    private static string? Text(JsonElement fields, string name)
    {
        if (!fields.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong($"{name} must be a text");
    }

    private static TimeSpan? Life(JsonElement fields)
    {
        if (!fields.TryGetProperty("TimeToLive", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is not > 0)
            throw Wrong("TimeToLive must be a number of seconds, more than 0");
        return seconds >= TimeSpan.MaxValue.TotalSeconds ? null : TimeSpan.FromSeconds(seconds);
    }

    private static DateTimeOffset? Time(JsonElement fields, string name)
    {
        if (Text(fields, name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time)
            ? time
            : throw Wrong($"{name} must be a time, as 'Sun, 06 Nov 1994 08:49:37 GMT'");
    }

    private static RestException Wrong(string what) => new(StatusCodes.Status400BadRequest, $"{Header}: {what}.");
}
