using Azure.Messaging.ServiceBus;
using Mayhem.Messages;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Settlement;

/// <summary>Settles one delivery through the Functions host, and schedules copies through a sender of its queue.</summary>
/// <param name="message">The message.</param>
/// <param name="actions">Settles it.</param>
/// <param name="sender">Sends to its queue.</param>
/// <param name="session">Its session; null on a queue without sessions.</param>
public sealed class ServiceBusDeliveryActions(
    ServiceBusReceivedMessage message, ServiceBusMessageActions actions, ServiceBusSender sender, ServiceBusSessionMessageActions? session = null) : IDeliveryActions
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

    /// <summary>Renews the lock that the message is under: a session's lock covers its messages, and the broker refuses to renew theirs.</summary>
    public Task RenewLockAsync(CancellationToken cancellationToken) =>
        session is null ? actions.RenewMessageLockAsync(message, cancellationToken) : session.RenewSessionLockAsync(cancellationToken);

    private static Dictionary<string, object> Changeable(IReadOnlyDictionary<string, object> properties) => properties as Dictionary<string, object> ?? new(properties, StringComparer.Ordinal);
}
