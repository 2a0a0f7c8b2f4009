using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>The SDK's receiver of one session, served by an embedded broker. Closing it gives the session up.</summary>
internal sealed class EmbeddedSessionReceiver(ReceiverLink link, SessionLock session, ServiceBusSessionReceiverOptions options) : ServiceBusSessionReceiver
{
    private long lockedUntil = session.LockedUntil.UtcTicks;

    public override string SessionId => session.SessionId;

    public override DateTimeOffset SessionLockedUntil => new(Interlocked.Read(ref lockedUntil), TimeSpan.Zero);

    public override string EntityPath => link.Path;

    public override string FullyQualifiedNamespace => link.FullyQualifiedNamespace;

    public override string Identifier { get; } = string.IsNullOrEmpty(options.Identifier) ? $"{link.Path}-{Guid.NewGuid()}" : options.Identifier;

    public override bool IsClosed => link.IsClosed;

    public override int PrefetchCount => options.PrefetchCount;

    public override ServiceBusReceiveMode ReceiveMode => link.Mode;

    public override async Task<ServiceBusReceivedMessage?> ReceiveMessageAsync(TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
        await link.ReceiveAsync(1, maxWaitTime, cancellationToken) is [var message, ..] ? message : null;

    public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
        link.ReceiveAsync(maxMessages, maxWaitTime, cancellationToken);

    public override IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync(CancellationToken cancellationToken = default) =>
        link.ReceiveAllAsync(cancellationToken);

    public override async Task<ServiceBusReceivedMessage?> ReceiveDeferredMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        await link.ReceiveDeferredAsync([sequenceNumber], cancellationToken) is [var message, ..] ? message : null;

    public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveDeferredMessagesAsync(
        IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default) =>
        link.ReceiveDeferredAsync(sequenceNumbers, cancellationToken);

    public override async Task<ServiceBusReceivedMessage?> PeekMessageAsync(long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
        await link.PeekAsync(1, fromSequenceNumber, cancellationToken) is [var message, ..] ? message : null;

    public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
        link.PeekAsync(maxMessages, fromSequenceNumber, cancellationToken);

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        link.CompleteAsync(message, cancellationToken);

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        link.AbandonAsync(message, propertiesToModify, cancellationToken);

    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        link.DeferAsync(message, propertiesToModify, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify,
        string deadLetterReason,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        link.DeadLetterAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        link.DeadLetterAsync(message, propertiesToModify, reason: null, description: null, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, string deadLetterReason, string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        link.DeadLetterAsync(message, properties: null, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("The message lock of a session cannot be renewed: renew the lock of the session.");

    public override async Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        var until = await link.CallAsync(queue => queue.RenewSessionAsync(session.LockToken, cancellationToken), cancellationToken);
        Interlocked.Exchange(ref lockedUntil, until.UtcTicks);
    }

    public override async Task<BinaryData?> GetSessionStateAsync(CancellationToken cancellationToken = default)
    {
        var state = await link.CallAsync(queue => queue.SessionStateAsync(session.LockToken, cancellationToken), cancellationToken);
        return state is { } left ? new BinaryData(left) : null;
    }

    public override Task SetSessionStateAsync(BinaryData? sessionState, CancellationToken cancellationToken = default)
    {
        // Without the cast, null would be an array, and so a state that is empty.
        var left = sessionState is not null ? (ReadOnlyMemory<byte>?)sessionState.ToArray() : null;
        return link.CallAsync(queue => queue.SetSessionStateAsync(session.LockToken, left, cancellationToken), cancellationToken);
    }

    public override Task CloseAsync(CancellationToken cancellationToken = default) => link.CloseAsync();
}
