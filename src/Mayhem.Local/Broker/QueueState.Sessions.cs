namespace Mayhem.Local.Broker;

/// <summary>Sessions: one receiver at a time, messages in order.</summary>
internal sealed partial class QueueState
{
    private readonly Dictionary<string, SessionQueue> sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, SessionQueue> sessionsByToken = [];
    private readonly IndexedHeap<SessionQueue, ByFirstMessage> readySessions = new();
    private readonly IndexedHeap<SessionQueue, BySessionDeadline> lockedSessions = new();

    /// <summary>True if an unlocked session has something to receive, provided that <see cref="Advance"/> has just been called.</summary>
    public bool HasReadySession => readySessions.Count > 0;

    /// <summary>Locks the session whose first message is oldest; null if no unlocked session has any.</summary>
    public SessionLock? AcceptNextSession(Moment now)
    {
        Advance(now);
        CheckSessions();
        return readySessions.TryFirst(out var session) ? Lock(session, now) : null;
    }

    /// <summary>Locks one session, whether it has messages or not.</summary>
    public SessionLock AcceptSession(string sessionId, Moment now)
    {
        Advance(now);
        CheckSessions();
        var session = SessionOf(sessionId);
        return session.LockToken is null
            ? Lock(session, now)
            : throw new BrokerException(BrokerFailure.SessionCannotBeLocked, $"Session '{sessionId}' of queue '{name}' is locked by another receiver.");
    }

    /// <summary>True if the session has something to receive.</summary>
    public bool HasAvailable(Guid sessionToken) => sessionsByToken.TryGetValue(sessionToken, out var session) && session.Available.Count > 0;

    /// <summary>True if the token still holds its session.</summary>
    public bool IsHeld(Guid sessionToken) => sessionsByToken.ContainsKey(sessionToken);

    /// <summary>Delivers what is available in a session, in order.</summary>
    public IReadOnlyList<BrokeredMessage> ReceiveFromSession(Guid sessionToken, int max, ReceiveMode mode, Moment now)
    {
        Advance(now);
        return Deliver(Held(sessionToken).Available, max, mode, now);
    }

    /// <summary>Renews the lock of a session, and with it those of its messages, for its full length.</summary>
    /// <returns>When it ends now, by the wall clock.</returns>
    public DateTimeOffset RenewSession(Guid sessionToken, Moment now)
    {
        Advance(now);
        var session = Held(sessionToken);
        session.LockDeadline = now.Monotonic + options.LockDuration;
        lockedSessions.Update(session);
        return now.WallClock + options.LockDuration;
    }

    /// <summary>Gives a session up. What was received and not settled is available again. Does nothing if the lock has ended.</summary>
    public void ReleaseSession(Guid sessionToken, Moment now)
    {
        Advance(now);
        if (sessionsByToken.TryGetValue(sessionToken, out var session))
            Unlock(session);
    }

    /// <summary>What was left for the receivers of the session; null if nothing was.</summary>
    public ReadOnlyMemory<byte>? SessionState(Guid sessionToken, Moment now)
    {
        Advance(now);
        return Held(sessionToken).State;
    }

    /// <summary>Leaves something for the receivers of the session; null takes it away.</summary>
    public void SetSessionState(Guid sessionToken, ReadOnlyMemory<byte>? state, Moment now)
    {
        Advance(now);
        Emit(new QueueEvent.SessionStateSet(Held(sessionToken).Id, state));
    }

    private void ApplySessionState(QueueEvent.SessionStateSet set)
    {
        var session = SessionOf(set.SessionId);
        session.State = set.State;
        DropIfIdle(session);
    }

    private SessionQueue Held(Guid sessionToken) => sessionsByToken.TryGetValue(sessionToken, out var session)
        ? session
        : throw new BrokerException(BrokerFailure.SessionLockLost, $"The lock of the session on queue '{name}' has ended.");

    private SessionLock Lock(SessionQueue session, Moment now)
    {
        var token = tokens.Next(0, session: true);
        session.LockToken = token;
        session.LockDeadline = now.Monotonic + options.LockDuration;
        sessionsByToken.Add(token, session);
        lockedSessions.Add(session);
        Reorder(session);
        return new SessionLock(session.Id, token, now.WallClock + options.LockDuration);
    }

    private void Unlock(SessionQueue session)
    {
        sessionsByToken.Remove(session.LockToken!.Value);
        lockedSessions.Remove(session);
        session.LockToken = null;
        foreach (var message in session.Locked.OrderBy(message => message.SequenceNumber).ToList())
            EndLock(message);
        Reorder(session);
        DropIfIdle(session);
    }

    private SessionQueue SessionOf(string id)
    {
        if (!sessions.TryGetValue(id, out var session))
            sessions.Add(id, session = new SessionQueue(id));
        return session;
    }

    // A message without a session was accepted before the queue required them.
    private void Join(StoredMessage message)
    {
        message.Session = SessionOf(message.Content.SessionId ?? "");
        message.Session.MessageCount++;
    }

    private void Part(StoredMessage message)
    {
        if (message.Session is not { } session)
            return;
        message.Session = null;
        session.MessageCount--;
        DropIfIdle(session);
    }

    private void Offer(SessionQueue session, StoredMessage message)
    {
        session.Available.Add(message);
        Reorder(session);
    }

    private void Withdraw(SessionQueue session, StoredMessage message)
    {
        session.Available.Remove(message);
        Reorder(session);
    }

    /// <summary>Puts a session where it belongs among those that wait for a receiver.</summary>
    private void Reorder(SessionQueue session)
    {
        if (session.IsReady)
            readySessions.Remove(session);
        session.IsReady = session.LockToken is null && session.Available.Count > 0;
        if (!session.IsReady)
            return;
        session.ReadyFrom = session.Available.First!.SequenceNumber;
        readySessions.Add(session);
    }

    private void DropIfIdle(SessionQueue session)
    {
        if (session.IsIdle)
            sessions.Remove(session.Id);
    }

    private void CheckSessions()
    {
        if (!options.RequiresSession)
            throw new BrokerException(BrokerFailure.NotPermitted, $"Queue '{name}' has no sessions.");
    }
}
