using Azure.Messaging.ServiceBus;
using Mayhem.AzureSurface;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the message of an invocation through the Functions host.</summary>
public class ServiceBusMessageActions
{
    protected ServiceBusMessageActions()
    {
    }

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusMessageActions.CompleteMessageAsync");

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusMessageActions.AbandonMessageAsync");

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusMessageActions.DeadLetterMessageAsync");

    public virtual Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusMessageActions.DeferMessageAsync");

    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusMessageActions.RenewMessageLockAsync");
}
