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

    public override async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ThrowIfEnded(message);
        await inner.CompleteMessageAsync(message, cancellationToken);
        settled = true;
    }

    public override async Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default)
    {
        ThrowIfEnded(message);
        await inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken);
        settled = true;
    }

    public override async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfEnded(message);
        await inner.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);
        settled = true;
    }

    public override async Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default)
    {
        ThrowIfEnded(message);
        await inner.DeferMessageAsync(message, propertiesToModify, cancellationToken);
        settled = true;
    }

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ThrowIfEnded(message);
        return inner.RenewMessageLockAsync(message, cancellationToken);
    }

    private void ThrowIfEnded(ServiceBusReceivedMessage message)
    {
        if (ended)
            throw new InvalidOperationException($"LockToken {message.LockToken} not found: the invocation that message {message.MessageId} was given to has ended.");
    }
}
