using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.ServiceBus;

/// <summary>
/// What a function settles its message with, as the Functions host does it: through the receiver that received the message. A failure comes back
/// as <see cref="EmbeddedRpcException"/>, because in Azure it comes over gRPC: code that waits for a <see cref="ServiceBusException"/> waits in vain.
/// </summary>
/// <param name="receiver">The receiver that received the message.</param>
public sealed class EmbeddedMessageActions(ServiceBusReceiver receiver) : ServiceBusMessageActions
{
    /// <inheritdoc />
    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(
            static of => of.receiver.CompleteMessageAsync(of.message, of.cancellationToken), (receiver, message, cancellationToken));

    /// <inheritdoc />
    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(() => receiver.AbandonMessageAsync(message, propertiesToModify, cancellationToken));

    /// <inheritdoc />
    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(() => receiver.DeadLetterMessageAsync(message, propertiesToModify!, deadLetterReason!, deadLetterErrorDescription, cancellationToken));

    /// <inheritdoc />
    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(() => receiver.DeferMessageAsync(message, propertiesToModify, cancellationToken));

    /// <inheritdoc />
    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(
            static of => of.receiver.RenewMessageLockAsync(of.message, of.cancellationToken), (receiver, message, cancellationToken));
}
