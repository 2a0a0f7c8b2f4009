using System.Globalization;
using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Redaction;

namespace Mayhem.Dashboard.DeadLetters;

/// <summary>A dead letter in full.</summary>
internal sealed record ShownDeadLetter
{
    private const int LongestBody = 64 * 1024;

    /// <summary>What is in the list.</summary>
    public required DeadLetterRow Row { get; init; }

    /// <summary>True if the report in the row is of this very failure, false if it is of another with the same cause.</summary>
    public bool IsItsReport { get; init; }

    /// <summary>What the engine, or the broker, said of it.</summary>
    public string? Description { get; init; }

    /// <summary>The body as text; null if it is none, or bodies may not be shown.</summary>
    public string? Body { get; init; }

    /// <summary>The length of the body in bytes.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>What else the broker says.</summary>
    public required IReadOnlyList<NamedText> System { get; init; }

    /// <summary>The application properties, but for the history and the description.</summary>
    public required IReadOnlyList<NamedText> Properties { get; init; }

    /// <summary>Its earlier failures, the oldest first.</summary>
    public required IReadOnlyList<FailureHistoryEntry> History { get; init; }

    /// <summary>True if the body is shown.</summary>
    public required bool ShowsValues { get; init; }

    /// <summary>Takes from a message what is shown.</summary>
    public static ShownDeadLetter Of(ServiceBusReceivedMessage message, bool showValues)
    {
        var body = MessageBodies.Of(message);
        return new ShownDeadLetter
        {
            Row = DeadLetterRow.Of(message),
            Description = message.DeadLetterErrorDescription is { } description ? Redactor.Text(description) : null,
            Body = showValues ? BodyText(body.Span) : null,
            BodyBytes = body.Length,
            System = SystemOf(message),
            Properties = [.. message.ApplicationProperties.Where(property => !IsShownElsewhere(property.Key)).OrderBy(property => property.Key, StringComparer.Ordinal)
                .Where(property => showValues || property.Key.StartsWith("mayhem-", StringComparison.Ordinal))
                .Select(property => new NamedText(property.Key, Redactor.Text(Convert.ToString(property.Value, CultureInfo.InvariantCulture) ?? "")))],
            History = FailureHistory.Read(MessageProperties.Text(message.ApplicationProperties, MessageProperties.History)),
            ShowsValues = showValues,
        };
    }

    private static bool IsShownElsewhere(string name) => name is MessageProperties.History or "DeadLetterReason" or "DeadLetterErrorDescription";

    private static string? BodyText(ReadOnlySpan<byte> body)
    {
        try
        {
            return Redactor.Text(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body[..Math.Min(body.Length, LongestBody)]));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static List<NamedText> SystemOf(ServiceBusReceivedMessage message)
    {
        var found = new List<NamedText>();
        Add("Sequence number", message.SequenceNumber.ToString(CultureInfo.InvariantCulture));
        Add("Enqueued", message.EnqueuedTime.ToString("O", CultureInfo.InvariantCulture));
        Add("Deliveries", message.DeliveryCount.ToString(CultureInfo.InvariantCulture));
        Add("Correlation id", message.CorrelationId);
        Add("Session", message.SessionId);
        Add("Subject", message.Subject);
        Add("Content type", message.ContentType);
        Add("Came from", message.DeadLetterSource);
        return found;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                found.Add(new NamedText(name, value));
        }
    }
}

/// <summary>A text with a name.</summary>
internal sealed record NamedText(string Name, string Value);
