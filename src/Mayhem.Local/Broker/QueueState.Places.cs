namespace Mayhem.Local.Broker;

/// <summary>Where messages are held: every move from one place to another.</summary>
internal sealed partial class QueueState
{
    private readonly IndexedHeap<StoredMessage, ByLockDeadline> locks = new();
    private readonly IndexedHeap<StoredMessage, ByDueTime> schedule = new();
    private readonly IndexedHeap<StoredMessage, ByExpiry> expiries = new();

    private StoredMessage? Find(long sequenceNumber) => active.Messages.Find(sequenceNumber) ?? deadLetters.Messages.Find(sequenceNumber);

    /// <summary>The message that an event is about to change.</summary>
    private StoredMessage Stored(long sequenceNumber)
    {
        var message = Find(sequenceNumber) ?? throw new InvalidOperationException($"Queue '{name}' has no message {sequenceNumber}; its journal does not fit together.");
        capture?.Take(message);
        return message;
    }

    private void Insert(StoredMessage message, MessageState place)
    {
        Of(message).Messages.Add(message);
        if (!message.IsDeadLetter && options.RequiresSession)
            Join(message);
        Enter(message, place);
    }

    private StoredMessage Remove(long sequenceNumber)
    {
        var message = Stored(sequenceNumber);
        Leave(message);
        Of(message).Messages.Remove(message);
        Part(message);
        return message;
    }

    /// <summary>Puts a message where it waits when nobody has it locked.</summary>
    private void Release(StoredMessage message)
    {
        Leave(message);
        message.IsUnsettled = false;
        Enter(message, message.IsDeferred ? MessageState.Deferred : MessageState.Active);
    }

    private void Enter(StoredMessage message, MessageState place)
    {
        message.Place = place;
        Of(message).Counted(place, +1);
        switch (place)
        {
            case MessageState.Active:
                if (message.Session is { } session)
                    Offer(session, message);
                else
                    Of(message).Available.Add(message);
                if (message.ExpiresAt is not null)
                    expiries.Add(message);
                break;
            case MessageState.Locked:
                if (message.Session is { } holder)
                    holder.Locked.Add(message);
                else
                    locks.Add(message);
                break;
            case MessageState.Scheduled:
                schedule.Add(message);
                break;
        }
    }

    private void Leave(StoredMessage message)
    {
        if (message.Place is not { } place)
            return;
        message.Place = null;
        Of(message).Counted(place, -1);
        switch (place)
        {
            case MessageState.Active:
                if (message.Session is { } session)
                    Withdraw(session, message);
                else
                    Of(message).Available.Remove(message);
                if (message.ExpiresAt is not null)
                    expiries.Remove(message);
                break;
            case MessageState.Locked:
                if (message.Session is { } holder)
                    holder.Locked.Remove(message);
                else
                    locks.Remove(message);
                break;
            case MessageState.Scheduled:
                schedule.Remove(message);
                break;
        }
    }
}
