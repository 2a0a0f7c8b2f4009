using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>The SDK's sender, served by an embedded broker.</summary>
internal sealed class EmbeddedSender(EmbeddedServiceBusClient client, EmbeddedBroker broker, string queue, string? identifier) : ServiceBusSender
{
    private readonly BrokerCalls calls = new(broker, new QueuePath(queue, Broker.SubQueue.None));
    private volatile bool closed;

    public override string EntityPath => queue;

    public override string FullyQualifiedNamespace => client.FullyQualifiedNamespace;

    public override string Identifier { get; } = string.IsNullOrEmpty(identifier) ? $"{queue}-{Guid.NewGuid()}" : identifier;

    public override bool IsClosed => closed;

    public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ThrowIfClosed();
        return calls.RunAsync(
            static (to, message, cancellationToken) => WithoutAnswer(to.SendAsync(message.ToContent(), cancellationToken)), message, cancellationToken).AsTask();
    }

    public override async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var contents = messages.Select(MessageMapping.ToContent).ToList();
        if (contents.Count > 0)
            await SendAsync(contents, cancellationToken);
    }

    public override async Task<long> ScheduleMessageAsync(
        ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (await ScheduleMessagesAsync([message], scheduledEnqueueTime, cancellationToken))[0];
    }

    public override async Task<IReadOnlyList<long>> ScheduleMessagesAsync(
        IEnumerable<ServiceBusMessage> messages, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var contents = new List<MessageContent>();
        foreach (var message in messages)
        {
            message.ScheduledEnqueueTime = scheduledEnqueueTime;
            contents.Add(message.ToContent());
        }
        if (contents.Count == 0)
            return [];
        var numbers = await SendAsync(contents, cancellationToken);

        // Like the SDK, which looks at the token once more when the broker has accepted.
        return cancellationToken.IsCancellationRequested ? throw new TaskCanceledException("The messages are scheduled; the caller gave up.", null, cancellationToken) : numbers;
    }

    public override Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        CancelScheduledMessagesAsync([sequenceNumber], cancellationToken);

    public override Task CancelScheduledMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        var numbers = sequenceNumbers.ToList();
        ThrowIfClosed();
        return calls.RunAsync(to => to.CancelAsync(numbers, cancellationToken), cancellationToken);
    }

    public override Task CloseAsync(CancellationToken cancellationToken = default)
    {
        closed = true;
        return Task.CompletedTask;
    }

    private Task<IReadOnlyList<long>> SendAsync(List<MessageContent> contents, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return calls.RunAsync(to => to.SendAsync(contents, cancellationToken), cancellationToken);
    }

    // Without an object for the number of a message that is sent already.
    private static ValueTask WithoutAnswer(ValueTask<long> sending) => sending.IsCompletedSuccessfully ? ValueTask.CompletedTask : new ValueTask(sending.AsTask());

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(closed || client.IsClosed, this);
}
