#nullable disable
using Azure.Core;
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus;

/// <summary>The way to one namespace. Making it and its senders and receivers needs no network; using them does.</summary>
public class ServiceBusClient : IAsyncDisposable
{
    protected ServiceBusClient()
    {
    }

    public ServiceBusClient(string connectionString)
        : this(connectionString, new ServiceBusClientOptions())
    {
    }

    public ServiceBusClient(string connectionString, ServiceBusClientOptions options)
        : this(options)
    {
        var parsed = ServiceBusConnectionStringProperties.Parse(connectionString);
        if (parsed.Endpoint is null || (parsed.SharedAccessSignature is null && (parsed.SharedAccessKeyName is null || parsed.SharedAccessKey is null)))
            throw new ArgumentException("The connection string used for a Service Bus client must specify the Service Bus namespace host and either a Shared Access Key (both the name and value) OR a Shared Access Signature to be valid.", nameof(connectionString));
        FullyQualifiedNamespace = parsed.FullyQualifiedNamespace;
    }

    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential)
        : this(fullyQualifiedNamespace, credential, new ServiceBusClientOptions())
    {
    }

    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options)
        : this(options)
    {
        ArgumentException.ThrowIfNullOrEmpty(fullyQualifiedNamespace);
        ArgumentNullException.ThrowIfNull(credential);
        FullyQualifiedNamespace = fullyQualifiedNamespace;
    }

    private ServiceBusClient(ServiceBusClientOptions options)
    {
        Identifier = string.IsNullOrEmpty(options?.Identifier) ? $"ServiceBusClient-{Guid.NewGuid()}" : options.Identifier;
        TransportType = options?.TransportType ?? default;
    }

    public virtual string FullyQualifiedNamespace { get; }

    public virtual string Identifier { get; }

    public virtual bool IsClosed { get; private set; }

    public ServiceBusTransportType TransportType { get; }

    public virtual Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(string queueName, ServiceBusSessionReceiverOptions options = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusClient.AcceptNextSessionAsync");

    public virtual Task<ServiceBusSessionReceiver> AcceptSessionAsync(string queueName, string sessionId, ServiceBusSessionReceiverOptions options = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusClient.AcceptSessionAsync");

    public virtual ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) => ServiceBusReceiver.Of(this, queueName, options);

    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName) => CreateReceiver(topicName, subscriptionName, new ServiceBusReceiverOptions());

    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName, ServiceBusReceiverOptions options) =>
        ServiceBusReceiver.Of(this, $"{topicName}/Subscriptions/{subscriptionName}", options);

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => CreateSender(queueOrTopicName, new ServiceBusSenderOptions());

    public virtual ServiceBusSender CreateSender(string queueOrTopicName, ServiceBusSenderOptions options) => ServiceBusSender.Of(this, queueOrTopicName, options);

    public virtual ValueTask DisposeAsync()
    {
        IsClosed = true;
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
