namespace Mayhem.Local.Broker;

/// <summary>Events become state. Commands and the replay of a journal come by here alike.</summary>
internal sealed partial class QueueState
{
    /// <summary>Applies an event that happened at a time. Locks play no part in it.</summary>
    public void Apply(QueueEvent happened, DateTimeOffset happenedAt)
    {
        if (happened is not (QueueEvent.NumberedFrom or QueueEvent.Kept or QueueEvent.Remembered or QueueEvent.Audited))
            Forget(happenedAt);
        switch (happened)
        {
            case QueueEvent.Accepted accepted:
                ApplyAccepted(accepted, happenedAt);
                break;
            case QueueEvent.Activated activated:
                ApplyActivated(activated, happenedAt);
                break;
            case QueueEvent.Delivered delivered:
                var message = Stored(delivered.SequenceNumber);
                message.DeliveryCount++;
                message.IsUnsettled = true;
                break;
            case QueueEvent.Completed completed:
                var done = Remove(completed.SequenceNumber);
                audit?.Completed(done, happenedAt);
                break;
            case QueueEvent.Abandoned abandoned:
                var released = Stored(abandoned.SequenceNumber);
                released.Properties = PropertyValues.Merge(released.Properties, abandoned.Properties);
                Release(released);
                break;
            case QueueEvent.Deferred deferred:
                var aside = Stored(deferred.SequenceNumber);
                aside.Properties = PropertyValues.Merge(aside.Properties, deferred.Properties);
                aside.IsDeferred = true;
                Release(aside);
                break;
            case QueueEvent.DeadLettered dead:
                ApplyDeadLettered(dead, happenedAt);
                break;
            case QueueEvent.Expired expired:
                audit?.Expired(Remove(expired.SequenceNumber), happenedAt);
                break;
            case QueueEvent.Cancelled cancelled:
                audit?.Cancelled(Remove(cancelled.SequenceNumber), happenedAt);
                break;
            case QueueEvent.SessionStateSet set:
                ApplySessionState(set);
                break;
            default:
                Restore(happened);
                break;
        }
    }

    /// <summary>Forgets what is old enough whenever something happens, and only then, so that a replay forgets the same.</summary>
    private void Forget(DateTimeOffset now)
    {
        duplicates?.Forget(now);
        audit?.Forget(now);
    }

    private void ApplyAccepted(QueueEvent.Accepted accepted, DateTimeOffset acceptedAt)
    {
        nextSequenceNumber = Math.Max(nextSequenceNumber, accepted.SequenceNumber + 1);
        var message = new StoredMessage
        {
            Content = accepted.Content,
            SequenceNumber = accepted.SequenceNumber,
            EnqueuedAt = acceptedAt,
            Properties = accepted.Content.Properties,
        };
        var scheduled = message.ScheduledFor > acceptedAt;
        if (!scheduled)
            message.ExpiresAt = ExpiryOf(message);
        duplicates?.Remember(accepted.Content.MessageId, accepted.SequenceNumber, acceptedAt);
        audit?.Accepted(accepted.Content, acceptedAt);
        Insert(message, scheduled ? MessageState.Scheduled : MessageState.Active);
    }

    private void Restore(QueueEvent happened)
    {
        switch (happened)
        {
            case QueueEvent.NumberedFrom numbered:
                nextSequenceNumber = numbered.NextSequenceNumber;
                break;
            case QueueEvent.Kept kept:
                RestoreMessage(kept.Message, kept.IsDeferred);
                break;
            case QueueEvent.Remembered remembered:
                duplicates?.Remember(remembered.MessageId, remembered.SequenceNumber, remembered.AcceptedAt);
                break;
            case QueueEvent.Audited audited:
                audit?.Restore(audited);
                break;
            default:
                throw new InvalidOperationException($"Queue '{name}' does not know what to do with {happened.GetType().Name}.");
        }
    }
}
