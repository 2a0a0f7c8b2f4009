using System.Diagnostics.CodeAnalysis;
using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>The SDK's client, served by an embedded broker. Disposing of it closes what it made, not the broker.</summary>
/// <param name="broker">The broker.</param>
/// <param name="tryTimeout">How long a receive or the accepting of a session waits if its caller does not say; null for the SDK's default, 1 minute.</param>
public sealed class EmbeddedServiceBusClient(EmbeddedBroker broker, TimeSpan? tryTimeout = null) : ServiceBusClient
{
    /// <summary>The name of the namespace that an embedded broker stands for.</summary>
    public const string Namespace = "mayhem.local";

    private volatile bool closed;

    /// <inheritdoc />
    public override string FullyQualifiedNamespace => Namespace;

    /// <inheritdoc />
    public override string Identifier { get; } = $"{Namespace}-{Guid.NewGuid()}";

    /// <inheritdoc />
    public override bool IsClosed => closed;

    internal TimeSpan TryTimeout { get; } = tryTimeout ?? TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public override ServiceBusSender CreateSender(string queueOrTopicName) => CreateSender(queueOrTopicName, new ServiceBusSenderOptions());

    /// <inheritdoc />
    public override ServiceBusSender CreateSender(string queueOrTopicName, ServiceBusSenderOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queueOrTopicName);
        ThrowIfClosed();
        return new EmbeddedSender(this, broker, queueOrTopicName, options?.Identifier);
    }

    /// <inheritdoc />
    public override ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    /// <inheritdoc />
    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queueName);
        ThrowIfClosed();
        options ??= new ServiceBusReceiverOptions();
        return new EmbeddedReceiver(new ReceiverLink(this, broker, QueuePath.Parse(queueName, options.SubQueue), options.ReceiveMode), options);
    }

    /// <inheritdoc />
    public override ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName) => throw NoTopics();

    /// <inheritdoc />
    public override ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName, ServiceBusReceiverOptions options) => throw NoTopics();

    /// <inheritdoc />
    public override async Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(
        string queueName, ServiceBusSessionReceiverOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        var path = QueuePath.Parse(queueName, Azure.Messaging.ServiceBus.SubQueue.None);
        var session = await new BrokerCalls(broker, path).RunAsync(queue => queue.AcceptNextSessionAsync(TryTimeout, cancellationToken), cancellationToken)
            ?? throw new ServiceBusException($"No session of queue '{queueName}' had a message within {TryTimeout}.", ServiceBusFailureReason.ServiceTimeout, queueName);
        return Receiver(path, session, options);
    }

    /// <inheritdoc />
    public override async Task<ServiceBusSessionReceiver> AcceptSessionAsync(
        string queueName, string sessionId, ServiceBusSessionReceiverOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        ArgumentNullException.ThrowIfNull(sessionId);
        var path = QueuePath.Parse(queueName, Azure.Messaging.ServiceBus.SubQueue.None);
        return Receiver(path, await new BrokerCalls(broker, path).RunAsync(queue => queue.AcceptSessionAsync(sessionId, cancellationToken), cancellationToken), options);
    }

    /// <inheritdoc />
    [SuppressMessage("Usage", "CA2215", Justification = "The SDK's client closes a connection, which there is not.")]
    public override ValueTask DisposeAsync()
    {
        closed = true;
        return ValueTask.CompletedTask;
    }

    private EmbeddedSessionReceiver Receiver(QueuePath path, SessionLock session, ServiceBusSessionReceiverOptions? options)
    {
        options ??= new ServiceBusSessionReceiverOptions();
        return new EmbeddedSessionReceiver(new ReceiverLink(this, broker, path, options.ReceiveMode, session), session, options);
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(closed, this);

    private static NotSupportedException NoTopics() => new("The embedded broker has queues, and no topics or subscriptions.");
}
