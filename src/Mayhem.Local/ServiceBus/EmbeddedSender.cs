using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>The SDK's sender, served by an embedded broker.</summary>
internal sealed class EmbeddedSender(EmbeddedServiceBusClient client, EmbeddedBroker broker, string queue, string? identifier) : ServiceBusSender
{
    private readonly QueuePath path = new(queue, Broker.SubQueue.None);
    private volatile bool closed;

    public override string EntityPath => queue;

    public override string FullyQualifiedNamespace => client.FullyQualifiedNamespace;

    public override string Identifier { get; } = string.IsNullOrEmpty(identifier) ? $"{queue}-{Guid.NewGuid()}" : identifier;

    public override bool IsClosed => closed;

    public override async Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ThrowIfClosed();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await broker.Queue(queue).SendAsync(message.ToContent(), cancellationToken);
        }
        catch (Exception failure) when (BrokerCall.IsForeign(failure))
        {
            throw BrokerCall.Translate(failure, path);
        }
    }

    public override async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var contents = messages.Select(MessageMapping.ToContent).ToList();
        if (contents.Count > 0)
            await CallAsync(to => to.SendAsync(contents, cancellationToken), cancellationToken);
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
        var numbers = await CallAsync(to => to.SendAsync(contents, cancellationToken), cancellationToken);

        // Like the SDK, which looks at the token once more when the broker has accepted.
        return cancellationToken.IsCancellationRequested ? throw new TaskCanceledException("The messages are scheduled; the caller gave up.", null, cancellationToken) : numbers;
    }

    public override Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        CancelScheduledMessagesAsync([sequenceNumber], cancellationToken);

    public override Task CancelScheduledMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        var numbers = sequenceNumbers.ToList();
        return CallAsync(async to =>
        {
            await to.CancelAsync(numbers, cancellationToken);
            return true;
        }, cancellationToken);
    }

    public override Task CloseAsync(CancellationToken cancellationToken = default)
    {
        closed = true;
        return Task.CompletedTask;
    }

    private Task<T> CallAsync<T>(Func<BrokerQueue, Task<T>> call, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return BrokerCall.RunAsync(path, () => call(broker.Queue(queue)), cancellationToken);
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(closed || client.IsClosed, this);
}
