using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost;

/// <summary>
/// What one invocation settles its message with. Remembers whether it did, which decides what the host does afterwards, and stops working
/// when the invocation has ended, as the real host forgets the lock token then.
/// </summary>
internal sealed class InvocationActions(ServiceBusMessageActions inner) : ServiceBusMessageActions
{
    private volatile bool settled;
    private volatile bool ended;

    public bool Settled => settled;

    public void End() => ended = true;

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        SettleAsync(message, () => inner.CompleteMessageAsync(message, cancellationToken));

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        SettleAsync(message, () => inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken));

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        SettleAsync(message, () => inner.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken));

    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        SettleAsync(message, () => inner.DeferMessageAsync(message, propertiesToModify, cancellationToken));

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ThrowIfEnded(message);
        return inner.RenewMessageLockAsync(message, cancellationToken);
    }

    private async Task SettleAsync(ServiceBusReceivedMessage message, Func<Task> settle)
    {
        ThrowIfEnded(message);
        await settle();
        settled = true;
    }

    private void ThrowIfEnded(ServiceBusReceivedMessage message)
    {
        if (ended)
            throw new InvalidOperationException($"LockToken {message.LockToken} not found: the invocation that message {message.MessageId} was given to has ended.");
    }
}
