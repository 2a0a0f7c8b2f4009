using Azure.Messaging.ServiceBus;
using Mayhem.Benchmarks.Scenarios.Contenders;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Benchmarks.Soak;

/// <summary>Settles as the host does, but fails to renew the locks that the fates want lost.</summary>
internal sealed class UnrenewableLocks(ServiceBusMessageActions inner, SoakBook book) : PassedOnActions(inner)
{
    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        message.DeliveryCount == 1 && book.FateOf(message.CorrelationId) == SoakFate.LosesItsLock
            ? Task.FromException(new TimeoutException("the renewal did not get through"))
            : base.RenewMessageLockAsync(message, cancellationToken);
}
