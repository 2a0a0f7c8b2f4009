using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;
using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.Dashboard.DeadLetters;

/// <summary>What one dead letter looks like in a list. There may be very many: what many have in common is kept once.</summary>
internal sealed record DeadLetterRow(
    long Number, string MessageId, string Reason, string? Class, string? Type, string? Fingerprint, string? ReportId, string? Host, string? Group, int Attempt, DateTimeOffset At)
{
    private const string NoReason = "(none)";

    /// <summary>Takes from a message what is shown.</summary>
    public static DeadLetterRow Of(ServiceBusReceivedMessage message)
    {
        var properties = message.ApplicationProperties;
        var request = RestartRequestParser.Parse(MessageBodies.Of(message).Span) is ParseResult.Readable readable ? readable.Request : null;
        var history = FailureHistory.Read(Text(MessageProperties.History));
        return new DeadLetterRow(
            message.SequenceNumber, message.MessageId, Shared(message.DeadLetterReason ?? Text(MessageProperties.Reason)) ?? NoReason,
            Shared(history.Count > 0 ? history[^1].Class : null), Shared(Text(MessageProperties.ExceptionType)), Shared(Text(MessageProperties.Fingerprint)),
            Text(MessageProperties.ReportId), Shared(request?.Host), Shared(request?.Group is { Length: > 0 } group ? group : null),
            MessageProperties.Number(properties, MessageProperties.Attempt), MessageProperties.Time(properties, MessageProperties.FailedAt) ?? message.EnqueuedTime);

        string? Text(string name) => MessageProperties.Text(properties, name);
    }

    private static string? Shared(string? text) => text is null ? null : string.Intern(text);
}

/// <summary>Dead letters with one reason and one fingerprint.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Fingerprint">The fingerprint; null where there was no exception of ours.</param>
/// <param name="Count">How many.</param>
/// <param name="Hosts">How many hosts they are about.</param>
/// <param name="First">When the first failed.</param>
/// <param name="Last">The one that failed last.</param>
internal sealed record DeadLetterGroup(string Reason, string? Fingerprint, int Count, int Hosts, DateTimeOffset First, DeadLetterRow Last);

/// <summary>How many dead letters a reason or a host has.</summary>
internal sealed record DeadLetterCount(string Name, int Count);
