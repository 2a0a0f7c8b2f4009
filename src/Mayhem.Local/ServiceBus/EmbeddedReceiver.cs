using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.ServiceBus;

/// <summary>The SDK's receiver, served by an embedded broker. A renewal does not change the message's <c>LockedUntil</c>: only the SDK itself can.</summary>
internal sealed class EmbeddedReceiver(ReceiverLink link, ServiceBusReceiverOptions options) : ServiceBusReceiver
{
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
        link.RenewAsync(message, cancellationToken);

    public override Task CloseAsync(CancellationToken cancellationToken = default) => link.CloseAsync();
}
