using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Benchmarks.Soak;

/// <summary>Settles as the host does, but fails to renew the locks that the fates want lost.</summary>
internal sealed class UnrenewableLocks(ServiceBusMessageActions inner, SoakBook book) : ServiceBusMessageActions
{
    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        message.DeliveryCount == 1 && book.FateOf(message.CorrelationId) == SoakFate.LosesItsLock
            ? Task.FromException(new TimeoutException("the renewal did not get through"))
            : inner.RenewMessageLockAsync(message, cancellationToken);

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => inner.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        inner.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);
}
