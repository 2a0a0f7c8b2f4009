#nullable disable
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives from one queue or subscription, and settles what it received.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    protected ServiceBusReceiver()
    {
    }

    protected ServiceBusReceiver(ServiceBusClient client, string queueName, ServiceBusReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(queueName);
        var path = options?.SubQueue switch
        {
            SubQueue.DeadLetter => $"{queueName}/$DeadLetterQueue",
            SubQueue.TransferDeadLetter => $"{queueName}/$Transfer/$DeadLetterQueue",
            _ => queueName,
        };
        EntityPath = path;
        FullyQualifiedNamespace = client.FullyQualifiedNamespace;
        Identifier = string.IsNullOrEmpty(options?.Identifier) ? $"{path}-{Guid.NewGuid()}" : options.Identifier;
        PrefetchCount = options?.PrefetchCount ?? 0;
        ReceiveMode = options?.ReceiveMode ?? default;
    }

    protected ServiceBusReceiver(ServiceBusClient client, string topicName, string subscriptionName, ServiceBusReceiverOptions options)
        : this(client, $"{topicName}/Subscriptions/{subscriptionName}", options)
    {
    }

    public virtual string EntityPath { get; }

    public virtual string FullyQualifiedNamespace { get; }

    public virtual string Identifier { get; }

    public virtual bool IsClosed { get; private set; }

    public virtual int PrefetchCount { get; }

    public virtual ServiceBusReceiveMode ReceiveMode { get; }

    public virtual Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.AbandonMessageAsync");

    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        IsClosed = true;
        return Task.CompletedTask;
    }

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.CompleteMessageAsync");

    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify, string deadLetterReason, string deadLetterErrorDescription = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.DeadLetterMessageAsync");

    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.DeadLetterMessageAsync");

    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, string deadLetterReason, string deadLetterErrorDescription = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.DeadLetterMessageAsync");

    public virtual Task DeferMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.DeferMessageAsync");

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    public virtual Task<ServiceBusReceivedMessage> PeekMessageAsync(long? fromSequenceNumber = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.PeekMessageAsync");

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(int maxMessages, long? fromSequenceNumber = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.PeekMessagesAsync");

    public virtual Task<ServiceBusReceivedMessage> ReceiveDeferredMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.ReceiveDeferredMessageAsync");

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveDeferredMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.ReceiveDeferredMessagesAsync");

    public virtual Task<ServiceBusReceivedMessage> ReceiveMessageAsync(TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.ReceiveMessageAsync");

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.ReceiveMessagesAsync");

    public virtual IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync(CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.ReceiveMessagesAsync");

    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusReceiver.RenewMessageLockAsync");

    internal static ServiceBusReceiver Of(ServiceBusClient client, string path, ServiceBusReceiverOptions options) => new(client, path, options);
}
