using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;
using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.Dashboard.Live;

/// <summary>Messages that wait in the queue for their time: retries, and what was sent for later.</summary>
/// <param name="Count">How many were found.</param>
/// <param name="IsComplete">False if the queue holds more messages than were looked at.</param>
/// <param name="Rows">Those that are due first.</param>
internal sealed record WaitingList(int Count, bool IsComplete, IReadOnlyList<WaitingRow> Rows)
{
    private const int Most = 40;
    private const int LookAt = 5000;
    private const int AtOnce = 250;

    /// <summary>Reads the queue.</summary>
    public static async Task<WaitingList> ReadAsync(ServiceBusClient client, string queue, CancellationToken cancellationToken)
    {
        await using var receiver = client.CreateReceiver(queue);
        var found = new List<WaitingRow>();
        long from = 0;
        for (var seen = 0; seen < LookAt;)
        {
            var messages = await receiver.PeekMessagesAsync(AtOnce, from, cancellationToken);
            if (messages.Count == 0)
                return Of(found, isComplete: true);
            found.AddRange(messages.Where(message => message.State == ServiceBusMessageState.Scheduled).Select(WaitingRow.Of));
            seen += messages.Count;
            from = messages[^1].SequenceNumber + 1;
        }

        return Of(found, isComplete: false);
    }

    private static WaitingList Of(List<WaitingRow> found, bool isComplete) => new(found.Count, isComplete, [.. found.OrderBy(row => row.DueAt).Take(Most)]);
}

/// <summary>One message that waits.</summary>
internal sealed record WaitingRow(string MessageId, string? Host, DateTimeOffset DueAt, int Attempt, string? After)
{
    /// <summary>Takes from a message what is shown.</summary>
    public static WaitingRow Of(ServiceBusReceivedMessage message)
    {
        var properties = message.ApplicationProperties;
        var host = RestartRequestParser.Parse(MessageBodies.Of(message).Span) is ParseResult.Readable { Request: var request } ? request.Host : null;
        var after = FailureHistory.Read(MessageProperties.Text(properties, MessageProperties.History)) is [.., var last] ? last.Type : null;
        return new WaitingRow(message.MessageId, host, message.ScheduledEnqueueTime, MessageProperties.Number(properties, MessageProperties.Attempt) + 1, after);
    }
}
