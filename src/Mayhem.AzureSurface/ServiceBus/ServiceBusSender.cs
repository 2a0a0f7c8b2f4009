#nullable disable
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus;

/// <summary>Sends to one queue or topic.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    protected ServiceBusSender()
    {
    }

    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName)
        : this(client, queueOrTopicName, new ServiceBusSenderOptions())
    {
    }

    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName, ServiceBusSenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(queueOrTopicName);
        EntityPath = queueOrTopicName;
        FullyQualifiedNamespace = client.FullyQualifiedNamespace;
        Identifier = string.IsNullOrEmpty(options?.Identifier) ? $"{queueOrTopicName}-{Guid.NewGuid()}" : options.Identifier;
    }

    public virtual string EntityPath { get; }

    public virtual string FullyQualifiedNamespace { get; }

    public virtual string Identifier { get; }

    public virtual bool IsClosed { get; private set; }

    public virtual Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSender.CancelScheduledMessageAsync");

    public virtual Task CancelScheduledMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSender.CancelScheduledMessagesAsync");

    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        IsClosed = true;
        return Task.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    public virtual Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSender.ScheduleMessageAsync");

    public virtual Task<IReadOnlyList<long>> ScheduleMessagesAsync(IEnumerable<ServiceBusMessage> messages, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSender.ScheduleMessagesAsync");

    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSender.SendMessageAsync");

    public virtual Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSender.SendMessagesAsync");

    internal static ServiceBusSender Of(ServiceBusClient client, string queueOrTopicName, ServiceBusSenderOptions options) =>
        new(client, queueOrTopicName, options);
}
