namespace Mayhem.Local.Broker;

/// <summary>What can be asked of a queue. Every method that changes something returns when the change is durable.</summary>
public sealed partial class BrokerQueue
{
    /// <summary>Sends a message, for now or for the time it is scheduled for. A duplicate succeeds, and is dropped.</summary>
    /// <returns>Its sequence number, by which it is cancelled while it is scheduled; that of the original, for a duplicate.</returns>
    /// <exception cref="BrokerException">The message is too large, or lacks a session.</exception>
    /// <exception cref="ArgumentException">A field of the message is out of range.</exception>
    public ValueTask<long> SendAsync(MessageContent content, CancellationToken cancellationToken) =>
        CommitAfterOthersAsync(static (state, now, content) => state.Send(content, now), content, cancellationToken);

    /// <summary>Sends all of the messages, or none.</summary>
    /// <returns>Their sequence numbers, in their order.</returns>
    /// <inheritdoc cref="SendAsync(MessageContent, CancellationToken)" />
    public Task<IReadOnlyList<long>> SendAsync(IReadOnlyList<MessageContent> contents, CancellationToken cancellationToken) =>
        CommitAfterOthersAsync(static (state, now, contents) => state.Send(contents, now), contents, cancellationToken).AsTask();

    /// <summary>Takes back scheduled messages: all of them, or none.</summary>
    /// <exception cref="BrokerException">One of them is due already, or never was scheduled: <see cref="BrokerFailure.MessageNotFound"/>.</exception>
    public Task CancelAsync(IReadOnlyList<long> sequenceNumbers, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.Cancel(sequenceNumbers, now), cancellationToken);

    /// <summary>Receives deferred messages: all of them, or none.</summary>
    /// <exception cref="BrokerException">One of them is not deferred: <see cref="BrokerFailure.MessageNotFound"/>.</exception>
    public Task<IReadOnlyList<BrokeredMessage>> ReceiveDeferredAsync(
        SubQueue from, IReadOnlyList<long> sequenceNumbers, Guid? sessionToken, ReceiveMode mode, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.ReceiveDeferred(from, sequenceNumbers, sessionToken, mode, now), cancellationToken);

    /// <summary>Messages from a sequence number on, whatever their state, of all sessions or of one. Nothing is locked.</summary>
    public IReadOnlyList<BrokeredMessage> Peek(SubQueue from, long sequenceNumber, int max, string? sessionId = null)
    {
        lock (gate)
        {
            ThrowIfClosed();
            var now = Now;
            var peeked = state.Peek(from, sequenceNumber, max, sessionId, now);
            _ = Follow(now);
            return peeked;
        }
    }

    /// <summary>The numbers of all messages, in order: cheap even where there are very many.</summary>
    public IReadOnlyList<long> SequenceNumbers(SubQueue from) => Read(state => state.SequenceNumbers(from));

    /// <summary>Renews the lock of a message for its full length. It is not durable: no lock survives the process.</summary>
    /// <returns>When it ends now, by the wall clock.</returns>
    /// <exception cref="BrokerException">The lock has ended.</exception>
    public Task<DateTimeOffset> RenewAsync(Guid lockToken, CancellationToken cancellationToken) =>
        CommitAsync(static (state, now, lockToken) => state.Renew(lockToken, now), lockToken, cancellationToken).AsTask();

    /// <summary>Removes a message.</summary>
    /// <exception cref="BrokerException">The lock has ended.</exception>
    public Task CompleteAsync(Guid lockToken, CancellationToken cancellationToken) =>
        CommitAsync(static (state, now, lockToken) =>
        {
            state.Complete(lockToken, now);
            return true;
        }, lockToken, cancellationToken).AsTask();

    /// <summary>Gives a message back, to its place in the order, with application properties set on it.</summary>
    /// <exception cref="BrokerException">The lock has ended.</exception>
    public Task AbandonAsync(Guid lockToken, IReadOnlyDictionary<string, object>? properties, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.Abandon(lockToken, properties ?? MessageContent.NoProperties, now), cancellationToken);

    /// <summary>Sets a message aside, to be received by its number.</summary>
    /// <exception cref="BrokerException">The lock has ended.</exception>
    public Task DeferAsync(Guid lockToken, IReadOnlyDictionary<string, object>? properties, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.Defer(lockToken, properties ?? MessageContent.NoProperties, now), cancellationToken);

    /// <summary>Moves a message to the dead letters.</summary>
    /// <exception cref="BrokerException">The lock has ended, or the message is a dead letter already.</exception>
    public Task DeadLetterAsync(
        Guid lockToken, string? reason, string? description, IReadOnlyDictionary<string, object>? properties, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.DeadLetter(lockToken, reason, description, properties ?? MessageContent.NoProperties, now), cancellationToken);
}
