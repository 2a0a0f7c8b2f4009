using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Work;
using Mayhem.Messages;

namespace Mayhem.DeadLetters.Replays;

/// <summary>Makes of a dead letter the message that is sent again: the sender's, with a new life and a lineage. Pure.</summary>
internal static class ReplayMessages
{
    // Written by the broker or by tracing for one message; on another message they would lie.
    private static readonly HashSet<string> Stamps = new(StringComparer.OrdinalIgnoreCase) { "DeadLetterReason", "DeadLetterErrorDescription", "Diagnostic-Id" };

    /// <summary>The message.</summary>
    /// <param name="dead">The dead letter.</param>
    /// <param name="order">Who sends it again, and why.</param>
    /// <param name="run">The operation's id in the audit.</param>
    /// <param name="newBody">The body in place of its own; null to keep that.</param>
    public static ServiceBusMessage Make(MessageDocument dead, BenchOrder order, string run, ReadOnlyMemory<byte>? newBody = null)
    {
        var count = MessageProperties.Number(dead.Properties!, MessageProperties.ReplayCount) + 1;
        var rootId = DeadLetterReading.RootId(dead.Properties!, dead.MessageId);
        var body = newBody ?? dead.Body;
        var message = new ServiceBusMessage(body)
        {
            MessageId = newBody is null ? ReplayIds.Of(rootId, dead.SequenceNumber, count) : ReplayIds.OfEdit(rootId, dead.SequenceNumber, count, body.Span),
            CorrelationId = CorrelationOf(dead, body, isEdited: newBody is not null),
            SessionId = dead.SessionId,
            Subject = dead.Subject,
            ContentType = dead.ContentType,
            To = dead.To,
            ReplyTo = dead.ReplyTo,
            ReplyToSessionId = dead.ReplyToSessionId,
        };
        if (dead.SessionId is null && dead.PartitionKey is not null)
            message.PartitionKey = dead.PartitionKey;
        if (LifeOf(dead) is { } life)
            message.TimeToLive = life;

        foreach (var (name, value) in dead.Properties)
        {
            if (!IsStamp(name))
                message.ApplicationProperties[name] = value;
        }

        message.ApplicationProperties[MessageProperties.ReplayOf] = rootId;
        message.ApplicationProperties[MessageProperties.ReplayBy] = order.By;
        message.ApplicationProperties[MessageProperties.ReplayReason] = order.Reason;
        message.ApplicationProperties[MessageProperties.ReplayCount] = count;
        message.ApplicationProperties[MessageProperties.ReplayRun] = run;
        return message;
    }

    // With them go attempts, history and deadline, which begin anew.
    private static bool IsStamp(string name) =>
        Stamps.Contains(name) || name.StartsWith(MessageProperties.Prefix, StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-opt-", StringComparison.OrdinalIgnoreCase);

    // The request's id, by which a run tells afterwards what became of the message.
    private static string CorrelationOf(MessageDocument dead, ReadOnlyMemory<byte> body, bool isEdited)
    {
        if (!isEdited && !string.IsNullOrEmpty(dead.CorrelationId))
            return dead.CorrelationId;
        return RestartRequestParser.Parse(body.Span) is ParseResult.Readable readable ? readable.Request.RequestId : dead.CorrelationId ?? dead.MessageId;
    }

    // A copy had only what was left of the life of the sender's message. It gets the whole of it.
    private static TimeSpan? LifeOf(MessageDocument dead)
    {
        if (dead.TimeToLive is not { } life)
            return null;
        return MessageProperties.Time(dead.Properties!, MessageProperties.FirstEnqueuedAt) is { } first && dead.EnqueuedAt > first ? life + (dead.EnqueuedAt - first) : life;
    }
}
