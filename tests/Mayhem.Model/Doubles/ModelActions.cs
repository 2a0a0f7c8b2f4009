using Azure.Messaging.ServiceBus;
using Mayhem.Model.Histories;
using Mayhem.Model.Worlds;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Model.Doubles;

/// <summary>The way from one delivery to the broker, through the host's own actions.</summary>
internal sealed class ModelActions(DeliveryRun delivery, ServiceBusMessageActions inner) : ServiceBusMessageActions
{
    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        SettleAsync(Call.Complete, new SettlementTry(Call.Complete), () => inner.CompleteMessageAsync(message, cancellationToken), cancellationToken);

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) => SettleAsync(
            Call.Abandon,
            new SettlementTry(Call.Abandon) { Properties = Copy(propertiesToModify) },
            () => inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken),
            cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) => SettleAsync(
            Call.DeadLetter,
            new SettlementTry(Call.DeadLetter) { Reason = deadLetterReason, Properties = Copy(propertiesToModify) },
            () => inner.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken),
            cancellationToken);

    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Nothing is ever deferred.");

    public override async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        delivery.BeginsRenewal();
        var startedAt = delivery.World.Now;
        await delivery.Process.CallAsync(
            Call.Renew,
            async () =>
            {
                await inner.RenewMessageLockAsync(message, cancellationToken);
                delivery.BrokerRenewed();
                return true;
            },
            Flaws.Make,
            cancellationToken,
            onFault: delivery.ExcuseLostLock);
        delivery.Renewed(startedAt);
    }

    private async Task SettleAsync(Call call, SettlementTry settlement, Func<Task> settle, CancellationToken cancellationToken)
    {
        delivery.Settles(settlement, cancellationToken);
        await delivery.Process.CallAsync(
            call,
            async () =>
            {
                await settle();
                settlement.Arrived = true;
                delivery.World.Books.Settled(delivery, settlement);
                return true;
            },
            Flaws.Make,
            cancellationToken);
        settlement.Acknowledged = true;
    }

    private static Dictionary<string, object> Copy(IDictionary<string, object>? properties) =>
        new(properties ?? new Dictionary<string, object>(StringComparer.Ordinal), StringComparer.Ordinal);
}
