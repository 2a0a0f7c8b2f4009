using Azure;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>The SDK's administration client, served by an embedded broker: it tells, and changes nothing.</summary>
/// <param name="broker">The broker.</param>
public sealed class EmbeddedAdministrationClient(EmbeddedBroker broker) : ServiceBusAdministrationClient
{
    /// <inheritdoc />
    public override Task<Response<QueueRuntimeProperties>> GetQueueRuntimePropertiesAsync(string name, CancellationToken cancellationToken = default)
    {
        var counts = Queue(name).Counts;
        return Answer(ServiceBusModelFactory.QueueRuntimeProperties(
            name,
            activeMessageCount: counts.Active + counts.Locked,
            scheduledMessageCount: counts.Scheduled,
            deadLetterMessageCount: counts.DeadLettered,
            totalMessageCount: counts.Active + counts.Locked + counts.Scheduled + counts.Deferred + counts.DeadLettered));
    }

    /// <inheritdoc />
    public override Task<Response<QueueProperties>> GetQueueAsync(string name, CancellationToken cancellationToken = default)
    {
        var options = Queue(name).Options;
        return Answer(ServiceBusModelFactory.QueueProperties(
            name,
            lockDuration: options.LockDuration,
            requiresDuplicateDetection: options.DuplicateDetectionWindow is not null,
            requiresSession: options.RequiresSession,
            defaultMessageTimeToLive: options.DefaultTimeToLive ?? TimeSpan.MaxValue,
            autoDeleteOnIdle: TimeSpan.MaxValue,
            deadLetteringOnMessageExpiration: options.DeadLetteringOnMessageExpiration,
            duplicateDetectionHistoryTimeWindow: options.DuplicateDetectionWindow ?? TimeSpan.FromMinutes(1),
            maxDeliveryCount: options.MaxDeliveryCount,
            status: EntityStatus.Active,
            userMetadata: "",
            maxMessageSizeInKilobytes: options.MaxMessageBytes / 1024));
    }

    /// <inheritdoc />
    public override Task<Response<bool>> QueueExistsAsync(string name, CancellationToken cancellationToken = default) => Answer(broker.Find(name) is not null);

    private BrokerQueue Queue(string name) => broker.Find(name)
        ?? throw new ServiceBusException($"There is no queue '{name}'.", ServiceBusFailureReason.MessagingEntityNotFound, name);

    private static Task<Response<T>> Answer<T>(T value) => Task.FromResult(Response.FromValue(value, new LocalResponse()));
}
