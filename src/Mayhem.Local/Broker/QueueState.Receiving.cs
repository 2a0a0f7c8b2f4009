namespace Mayhem.Local.Broker;

/// <summary>Delivering messages, the deferred ones included.</summary>
internal sealed partial class QueueState
{
    /// <summary>True if a receive would get something without waiting, provided that <see cref="Advance"/> has just been called.</summary>
    public bool HasAvailable(SubQueue from) => Of(from).Available.Count > 0;

    /// <summary>Delivers what is available, in the order of the sequence numbers, up to a number of messages.</summary>
    public IReadOnlyList<BrokeredMessage> Receive(SubQueue from, int max, ReceiveMode mode, Moment now)
    {
        Advance(now);
        if (from == SubQueue.None && options.RequiresSession)
            throw new BrokerException(BrokerFailure.NotPermitted, $"Queue '{name}' requires sessions: accept one, and receive from it.");
        return Deliver(Of(from).Available, max, mode, now);
    }

    /// <summary>Delivers deferred messages by their numbers: all of them, or none.</summary>
    /// <param name="from">The queue or its dead letters.</param>
    /// <param name="sequenceNumbers">The numbers under which they were deferred.</param>
    /// <param name="sessionToken">The lock of the session they belong to, on a queue with sessions.</param>
    /// <param name="mode">Whether they are locked or gone afterwards.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<BrokeredMessage> ReceiveDeferred(SubQueue from, IReadOnlyList<long> sequenceNumbers, Guid? sessionToken, ReceiveMode mode, Moment now)
    {
        Advance(now);
        var session = sessionToken is { } token ? Held(token) : null;
        var messages = sequenceNumbers.Distinct().Select(number => Of(from).Messages.Find(number) is { Place: MessageState.Deferred } message && message.Session == session
            ? message
            : throw new BrokerException(BrokerFailure.MessageNotFound, $"Queue '{name}' has no deferred message {number}.")).ToList();
        return [.. messages.Select(message => Deliver(message, mode, now))];
    }

    private BrokeredMessage[] Deliver(IndexedHeap<StoredMessage, BySequence> available, int max, ReceiveMode mode, Moment now)
    {
        var count = Math.Min(max, available.Count);
        if (count == 0)
            return [];
        var messages = new BrokeredMessage[count];
        for (var i = 0; i < count; i++)
            messages[i] = Deliver(available.First!, mode, now);
        return messages;
    }

    private BrokeredMessage Deliver(StoredMessage message, ReceiveMode mode, Moment now)
    {
        Emit(new QueueEvent.Delivered(message.SequenceNumber));
        delivered++;
        if (mode == ReceiveMode.ReceiveAndDelete)
        {
            var gone = message.Snapshot(message.Place!.Value);
            Emit(new QueueEvent.Completed(message.SequenceNumber));
            completed++;
            return gone;
        }
        Lock(message, now);
        return message.Snapshot(MessageState.Locked, message.LockToken, message.LockedUntil);
    }
}
