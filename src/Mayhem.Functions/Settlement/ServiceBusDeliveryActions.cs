using Azure.Messaging.ServiceBus;
using Mayhem.Messages;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Settlement;

/// <summary>Settles one delivery through the Functions host, and schedules copies through a sender of its queue.</summary>
public sealed class ServiceBusDeliveryActions(ServiceBusReceivedMessage message, ServiceBusMessageActions actions, ServiceBusSender sender) : IDeliveryActions
{
    /// <inheritdoc />
    public Task CompleteAsync(CancellationToken cancellationToken) => actions.CompleteMessageAsync(message, cancellationToken);

    /// <inheritdoc />
    public Task AbandonAsync(IReadOnlyDictionary<string, object> properties, CancellationToken cancellationToken) =>
        actions.AbandonMessageAsync(message, Changeable(properties), cancellationToken);

    /// <inheritdoc />
    public Task DeadLetterAsync(DeadLetter deadLetter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deadLetter);
        return actions.DeadLetterMessageAsync(message, Changeable(deadLetter.Properties), deadLetter.Reason, deadLetter.Description, cancellationToken);
    }

    /// <summary>Schedules a copy. The token is not passed on: the SDK may throw for it after the broker has accepted the copy.</summary>
    public async Task ScheduleCopyAsync(RetryCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        cancellationToken.ThrowIfCancellationRequested();
        await sender.ScheduleMessageAsync(RetryMessages.Of(message, copy), copy.DueAt, CancellationToken.None);
    }

    /// <inheritdoc />
    public Task RenewLockAsync(CancellationToken cancellationToken) => actions.RenewMessageLockAsync(message, cancellationToken);

    private static Dictionary<string, object> Changeable(IReadOnlyDictionary<string, object> properties) => new(properties, StringComparer.Ordinal);
}
