using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>What receivers of queues and of sessions have in common: one way to one queue, its dead letters, or one of its sessions.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source of the closing token has no timer and no wait handle.")]
internal sealed class ReceiverLink(EmbeddedServiceBusClient client, EmbeddedBroker broker, QueuePath path, ServiceBusReceiveMode mode, SessionLock? session = null)
{
    private const int LongestDeadLetterText = 4096;
    private const string ReasonHeader = "DeadLetterReason";
    private const string DescriptionHeader = "DeadLetterErrorDescription";

    private readonly BrokerCalls calls = new(broker, path);
    private readonly CancellationTokenSource closing = new();
    private long peekFrom;

    public string Path => path.Path;

    public string FullyQualifiedNamespace => client.FullyQualifiedNamespace;

    public ServiceBusReceiveMode Mode => mode;

    public bool IsClosed => closing.IsCancellationRequested || client.IsClosed;

    private ReceiveMode BrokerMode => mode == ServiceBusReceiveMode.PeekLock ? ReceiveMode.PeekLock : ReceiveMode.ReceiveAndDelete;

    public Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(int max, TimeSpan? maxWait, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        if (maxWait <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(maxWait), maxWait, "The time to wait must be more than 0.");
        ThrowIfClosed();
        return calls.RunAsync(
            static (queue, of, cancellationToken) => of.link.ReceiveWithinAsync(queue, of.max, of.wait, cancellationToken),
            (link: this, max, wait: maxWait ?? client.TryTimeout), cancellationToken).AsTask();
    }

    public async IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var message in await ReceiveAsync(1, maxWait: null, cancellationToken))
                yield return message;
        }
    }

    public Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveDeferredAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        var numbers = sequenceNumbers.ToList();
        return CallAsync(async queue =>
            (await queue.ReceiveDeferredAsync(path.SubQueue, numbers, session?.LockToken, BrokerMode, cancellationToken)).ToReceived(), cancellationToken);
    }

    public Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(int max, long? fromSequenceNumber, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return CallAsync(queue =>
        {
            var peeked = queue.Peek(path.SubQueue, fromSequenceNumber ?? Interlocked.Read(ref peekFrom), max, session?.SessionId);
            if (peeked.Count > 0)
                Interlocked.Exchange(ref peekFrom, peeked[^1].SequenceNumber + 1);
            return Task.FromResult(peeked.ToReceived());
        }, cancellationToken);
    }

    public Task CompleteAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        SettleAsync(message, static (queue, token, cancellationToken) => queue.CompleteAsync(token, cancellationToken), cancellationToken);

    public Task AbandonAsync(ServiceBusReceivedMessage message, IEnumerable<KeyValuePair<string, object>>? properties, CancellationToken cancellationToken) =>
        SettleAsync(message, (queue, token, _) => queue.AbandonAsync(token, AmqpProperties.Of(properties), cancellationToken), cancellationToken);

    public Task DeferAsync(ServiceBusReceivedMessage message, IEnumerable<KeyValuePair<string, object>>? properties, CancellationToken cancellationToken) =>
        SettleAsync(message, (queue, token, _) => queue.DeferAsync(token, AmqpProperties.Of(properties), cancellationToken), cancellationToken);

    public Task DeadLetterAsync(
        ServiceBusReceivedMessage message, IEnumerable<KeyValuePair<string, object>>? properties, string? reason, string? description, CancellationToken cancellationToken)
    {
        CheckLength(reason, nameof(reason));
        CheckLength(description, nameof(description));
        return SettleAsync(message, (queue, token, _) =>
        {
            var changes = AmqpProperties.Of(properties);
            return queue.DeadLetterAsync(
                token, reason ?? Text(changes, ReasonHeader), description ?? Text(changes, DescriptionHeader), changes, cancellationToken);
        }, cancellationToken);
    }

    public Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        SettleAsync(message, static (queue, token, cancellationToken) => queue.RenewAsync(token, cancellationToken), cancellationToken);

    public Task<T> CallAsync<T>(Func<BrokerQueue, Task<T>> call, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return calls.RunAsync(call, cancellationToken);
    }

    public Task CallAsync(Func<BrokerQueue, Task> call, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return calls.RunAsync(call, cancellationToken);
    }

    /// <summary>Ends what waits. A session is given up, with what was received from it and not settled.</summary>
    public async Task CloseAsync()
    {
        if (closing.IsCancellationRequested)
            return;
        await closing.CancelAsync();
        if (session is not null && broker.Find(path.Queue) is { IsClosed: false } queue)
            await queue.ReleaseSessionAsync(session.LockToken, CancellationToken.None);
    }

    // Only what has to wait needs to hear of the closing.
    private async ValueTask<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveWithinAsync(BrokerQueue queue, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        var messages = await ReceiveFromBrokerAsync(queue, max, TimeSpan.Zero, cancellationToken);
        if (messages.Count == 0)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
            messages = await ReceiveFromBrokerAsync(queue, max, wait, ending.Token);
        }
        return messages.ToReceived();
    }

    private ValueTask<IReadOnlyList<BrokeredMessage>> ReceiveFromBrokerAsync(BrokerQueue queue, int max, TimeSpan wait, CancellationToken cancellationToken) => session is null
        ? queue.ReceiveAsync(path.SubQueue, max, BrokerMode, wait, cancellationToken)
        : queue.ReceiveFromSessionAsync(session.LockToken, max, BrokerMode, wait, cancellationToken);

    private Task SettleAsync(ServiceBusReceivedMessage message, Func<BrokerQueue, Guid, CancellationToken, Task> settle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ThrowIfClosed();
        if (mode != ServiceBusReceiveMode.PeekLock)
            throw new InvalidOperationException("The operation is only supported in 'PeekLock' receive mode.");
        var token = Guid.Parse(message.LockToken);
        if (token == Guid.Empty)
            throw new InvalidOperationException("The message has no lock: it was peeked, or received and deleted.");
        return calls.RunAsync(static (queue, of, cancellationToken) => new ValueTask(of.settle(queue, of.token, cancellationToken)), (settle, token), cancellationToken).AsTask();
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, typeof(ServiceBusReceiver));

    private static void CheckLength(string? text, string name)
    {
        if (text?.Length > LongestDeadLetterText)
            throw new ArgumentOutOfRangeException(name, $"It has {text.Length} characters; at most {LongestDeadLetterText} are allowed.");
    }

    private static string? Text(IReadOnlyDictionary<string, object> properties, string name) =>
        properties.TryGetValue(name, out var value) ? value as string : null;
}
