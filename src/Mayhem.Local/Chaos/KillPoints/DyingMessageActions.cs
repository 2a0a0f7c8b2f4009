using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>Watches the settlements.</summary>
internal sealed class DyingMessageActions(ServiceBusMessageActions inner, KillSwitch killSwitch, Func<bool> isStopping) : ServiceBusMessageActions
{
    public override async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        PassDrain(message);
        await inner.CompleteMessageAsync(message, cancellationToken);
        killSwitch.Pass(KillPoint.AfterComplete, message.CorrelationId);
    }

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default)
    {
        PassDrain(message);
        return inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken);
    }

    public override async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default)
    {
        PassDrain(message);
        killSwitch.Pass(KillPoint.BeforeDeadLetter, message.CorrelationId);
        await inner.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);
        killSwitch.Pass(KillPoint.AfterDeadLetter, message.CorrelationId);
    }

    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        inner.DeferMessageAsync(message, propertiesToModify, cancellationToken);

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        inner.RenewMessageLockAsync(message, cancellationToken);

    private void PassDrain(ServiceBusReceivedMessage message)
    {
        if (isStopping())
            killSwitch.Pass(KillPoint.DuringDrain, message.CorrelationId);
    }
}
