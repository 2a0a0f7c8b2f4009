using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;
using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.DeadLetters.Listing;

/// <summary>Tells from a dead letter what it was about, and why it died.</summary>
internal static class DeadLetterReading
{
    private const string NoReason = "(no reason)";
    private const string FatalPrefix = "Fatal:";

    /// <summary>The line in a list.</summary>
    /// <param name="message">The dead letter.</param>
    /// <param name="groupOf">The configured group of a host; null where nobody knows of groups.</param>
    public static DeadLetterSummary Summarize(ServiceBusReceivedMessage message, Func<string, string?>? groupOf) =>
        Summarize(message, RestartRequestParser.Parse(MessageBodies.Of(message).Span), groupOf);

    /// <summary>Everything about it.</summary>
    /// <param name="message">The dead letter.</param>
    /// <param name="groupOf">As for <see cref="Summarize(ServiceBusReceivedMessage, Func{string, string?}?)"/>.</param>
    public static DeadLetterDetails Detail(ServiceBusReceivedMessage message, Func<string, string?>? groupOf)
    {
        var parsed = RestartRequestParser.Parse(MessageBodies.Of(message).Span);
        return new DeadLetterDetails
        {
            Summary = Summarize(message, parsed, groupOf),
            Message = MessageDocument.Of(message),
            BodyError = (parsed as ParseResult.Unreadable)?.Error,
            History = FailureHistory.Read(MessageProperties.Text(message.ApplicationProperties, MessageProperties.History)),
            ReplayBy = MessageProperties.Text(message.ApplicationProperties, MessageProperties.ReplayBy),
            ReplayReason = MessageProperties.Text(message.ApplicationProperties, MessageProperties.ReplayReason),
            ReplayRun = MessageProperties.Text(message.ApplicationProperties, MessageProperties.ReplayRun),
        };
    }

    /// <summary>The id of the message that the sender of a dead letter sent.</summary>
    public static string RootId(IReadOnlyDictionary<string, object> properties, string messageId) =>
        MessageProperties.Text(properties, MessageProperties.RootId) is { Length: > 0 } root ? root : messageId;

    private static DeadLetterSummary Summarize(ServiceBusReceivedMessage message, ParseResult parsed, Func<string, string?>? groupOf)
    {
        var properties = message.ApplicationProperties;
        var request = (parsed as ParseResult.Readable)?.Request;
        var reason = Filled(message.DeadLetterReason) ?? Filled(MessageProperties.Text(properties, MessageProperties.Reason)) ?? NoReason;
        return new DeadLetterSummary
        {
            SequenceNumber = message.SequenceNumber,
            MessageId = message.MessageId ?? "",
            RootId = RootId(properties, message.MessageId ?? ""),
            Reason = reason,
            Description = Filled(message.DeadLetterErrorDescription),
            Class = ClassOf(properties, reason),
            ExceptionType = MessageProperties.Text(properties, MessageProperties.ExceptionType),
            Fingerprint = MessageProperties.Text(properties, MessageProperties.Fingerprint),
            ReportId = MessageProperties.Text(properties, MessageProperties.ReportId),
            RequestId = request?.RequestId,
            Host = request?.Host,
            Group = request is null ? null : Filled(groupOf?.Invoke(request.Host)) ?? Filled(request.Group),
            Requester = request?.Requester,
            SessionId = message.SessionId,
            Attempts = MessageProperties.Number(properties, MessageProperties.Attempt),
            EnqueuedAt = message.EnqueuedTime,
            DiedAt = MessageProperties.Time(properties, MessageProperties.FailedAt) ?? message.EnqueuedTime,
            BodyBytes = MessageBodies.Of(message).Length,
            ReplayCount = MessageProperties.Number(properties, MessageProperties.ReplayCount),
            ReplayOf = MessageProperties.Text(properties, MessageProperties.ReplayOf),
        };
    }

    // What no exception was thrown for, its history does not know.
    private static string? ClassOf(IReadOnlyDictionary<string, object> properties, string reason)
    {
        if (FailureHistory.Read(MessageProperties.Text(properties, MessageProperties.History)) is [.., var last])
            return last.Class;
        if (string.Equals(reason, DeadLetterReasons.Poison, StringComparison.Ordinal))
            return nameof(FailureClass.Poison);
        return reason.StartsWith(FatalPrefix, StringComparison.Ordinal) || reason is DeadLetterReasons.Denied or DeadLetterReasons.Stale ? nameof(FailureClass.Fatal) : null;
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
