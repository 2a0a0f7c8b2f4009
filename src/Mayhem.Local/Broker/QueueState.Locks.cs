namespace Mayhem.Local.Broker;

/// <summary>The locks of messages: taking, renewing, running out.</summary>
internal sealed partial class QueueState
{
    /// <summary>When the first lock ends, on the monotonic clock; null if nothing is locked.</summary>
    public TimeSpan? NextLockEnd =>
        (locks.First, lockedSessions.First) switch
        {
            (null, null) => null,
            ({ } message, null) => message.LockDeadline,
            (null, { } session) => session.LockDeadline,
            ({ } message, { } session) => message.LockDeadline < session.LockDeadline ? message.LockDeadline : session.LockDeadline,
        };

    /// <summary>Renews the lock of a message for its full length.</summary>
    /// <returns>When it ends now, by the wall clock.</returns>
    public DateTimeOffset Renew(Guid lockToken, Moment now)
    {
        Advance(now);
        var message = Locked(lockToken);
        if (message.Session is not null)
            throw new BrokerException(BrokerFailure.NotPermitted, "The lock of a message on a queue with sessions is that of its session: renew the session.");
        message.LockDeadline = now.Monotonic + options.LockDuration;
        message.LockedUntil = now.WallClock + options.LockDuration;
        locks.Update(message);
        return message.LockedUntil;
    }

    private void Lock(StoredMessage message, Moment now)
    {
        Leave(message);
        message.LockToken = tokens.Next(message.SequenceNumber, session: message.Session is not null);
        message.LockDeadline = now.Monotonic + options.LockDuration;
        message.LockedUntil = now.WallClock + options.LockDuration;
        Enter(message, MessageState.Locked);
    }

    private StoredMessage Locked(Guid lockToken)
    {
        var (number, session) = LockTokens.Read(lockToken);
        if (Find(number) is { Place: MessageState.Locked } message && message.LockToken == lockToken)
            return message;
        throw session
            ? new BrokerException(BrokerFailure.SessionLockLost, $"The lock of the session on queue '{name}' has ended, or the message was settled.")
            : new BrokerException(BrokerFailure.MessageLockLost, $"The lock of the message on queue '{name}' has ended, or the message was settled.");
    }

    private void EndLocks(Moment now)
    {
        while (locks.TryFirst(out var message) && message.LockDeadline <= now.Monotonic)
            EndLock(message);
        while (lockedSessions.TryFirst(out var session) && session.LockDeadline <= now.Monotonic)
            Unlock(session);
    }

    private void EndLock(StoredMessage message)
    {
        lockExpired++;
        Release(message);
        DeadLetterIfExhausted(message);
    }
}
