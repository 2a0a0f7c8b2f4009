namespace Mayhem.Local.Broker;

/// <summary>Receiving, and waiting for something to receive: first come, first served.</summary>
public sealed partial class BrokerQueue
{
    /// <summary>The longest wait that a timer takes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Receives what is available, or waits until something is.</summary>
    /// <param name="from">The queue or its dead letters.</param>
    /// <param name="max">The most messages to receive, 1 or more.</param>
    /// <param name="mode">Whether they are locked or gone afterwards.</param>
    /// <param name="maxWait">How long to wait for the first; zero not to wait.</param>
    /// <param name="cancellationToken">Ends the wait. What was taken before is returned all the same.</param>
    /// <returns>1 to <paramref name="max"/> messages; none if the wait was in vain.</returns>
    /// <exception cref="BrokerException">The queue requires sessions, or is closed.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing was received.</exception>
    public ValueTask<IReadOnlyList<BrokeredMessage>> ReceiveAsync(
        SubQueue from, int max, ReceiveMode mode, TimeSpan maxWait, CancellationToken cancellationToken) =>
        TakeAsync(from == SubQueue.None ? receivers : deadLetterReceivers, static (state, now, of) => state.Receive(of.from, of.max, of.mode, now), (from, max, mode),
            static messages => messages.Count > 0, maxWait, forGood: mode == ReceiveMode.ReceiveAndDelete, cancellationToken);

    /// <summary>Locks the session whose first message is oldest, or waits until one has a message.</summary>
    /// <returns>Its lock; null if the wait was in vain.</returns>
    /// <inheritdoc cref="ReceiveAsync" />
    public Task<SessionLock?> AcceptNextSessionAsync(TimeSpan maxWait, CancellationToken cancellationToken) =>
        TakeAsync(sessionReceivers, static (state, now, _) => state.AcceptNextSession(now), 0, static session => session is not null, maxWait, forGood: false, cancellationToken).AsTask();

    /// <summary>Locks one session, whether it has messages or not.</summary>
    /// <exception cref="BrokerException">Somebody else holds it: <see cref="BrokerFailure.SessionCannotBeLocked"/>.</exception>
    public Task<SessionLock> AcceptSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.AcceptSession(sessionId, now), cancellationToken);

    /// <summary>Receives what is available in a session, in order, or waits until something is.</summary>
    /// <exception cref="BrokerException">The lock of the session has ended, also while waiting: <see cref="BrokerFailure.SessionLockLost"/>.</exception>
    /// <inheritdoc cref="ReceiveAsync" />
    public ValueTask<IReadOnlyList<BrokeredMessage>> ReceiveFromSessionAsync(
        Guid sessionToken, int max, ReceiveMode mode, TimeSpan maxWait, CancellationToken cancellationToken) =>
        TakeAsync(LineOf(sessionToken), static (state, now, of) => state.ReceiveFromSession(of.sessionToken, of.max, of.mode, now), (sessionToken, max, mode),
            static messages => messages.Count > 0, maxWait, forGood: mode == ReceiveMode.ReceiveAndDelete, cancellationToken);

    /// <summary>Renews the lock of a session for its full length.</summary>
    /// <returns>When it ends now, by the wall clock.</returns>
    /// <exception cref="BrokerException">The lock has ended.</exception>
    public Task<DateTimeOffset> RenewSessionAsync(Guid sessionToken, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.RenewSession(sessionToken, now), cancellationToken);

    /// <summary>Gives a session up. What was received and not settled is available again.</summary>
    public Task ReleaseSessionAsync(Guid sessionToken, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.ReleaseSession(sessionToken, now), cancellationToken);

    /// <summary>What was left for the receivers of a session; null if nothing was.</summary>
    /// <exception cref="BrokerException">The lock has ended.</exception>
    public Task<ReadOnlyMemory<byte>?> SessionStateAsync(Guid sessionToken, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.SessionState(sessionToken, now), cancellationToken);

    /// <summary>Leaves something for the receivers of a session; null takes it away.</summary>
    /// <exception cref="BrokerException">The lock has ended.</exception>
    public Task SetSessionStateAsync(Guid sessionToken, ReadOnlyMemory<byte>? left, CancellationToken cancellationToken) =>
        CommitAsync((state, now) => state.SetSessionState(sessionToken, left, now), cancellationToken);

    private WaitingLine<IReadOnlyList<BrokeredMessage>> LineOf(Guid sessionToken)
    {
        lock (gate)
        {
            if (!receiversBySession.TryGetValue(sessionToken, out var line))
                line = new(() => state.HasAvailable(sessionToken) || !state.IsHeld(sessionToken));
            if (state.IsHeld(sessionToken))
                receiversBySession.TryAdd(sessionToken, line);
            return line;
        }
    }

    // The argument is given apart, so that only who has to wait needs a closure.
    private async ValueTask<T> TakeAsync<TArgument, T>(
        WaitingLine<T> line, Func<QueueState, Moment, TArgument, T> take, TArgument argument, Func<T, bool> isSomething, TimeSpan maxWait, bool forGood, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await WaitForRoomAsync(cancellationToken);
        T taken;
        Task durable;
        Waiter<T>? waiter = null;
        lock (gate)
        {
            ThrowIfClosed();
            var now = Now;
            state.Advance(now);
            _ = Follow(now);
            taken = take(state, now, argument);
            durable = AppendTaken(forGood);
            FollowUp(now);
            if (!isSomething(taken) && maxWait > TimeSpan.Zero)
                line.Join(waiter = WaiterFor(take, argument, forGood));
        }
        if (waiter is not null)
            (taken, durable) = await WaitAsync(line, waiter, taken, maxWait, cancellationToken);
        if (forGood)
            await durable;
        else
            await journal.WriteOutAsync();
        return taken;
    }

    private Waiter<T> WaiterFor<TArgument, T>(Func<QueueState, Moment, TArgument, T> take, TArgument argument, bool forGood) => new(now => take(state, now, argument), forGood);

    private async Task<Taken<T>> WaitAsync<T>(WaitingLine<T> line, Waiter<T> waiter, T nothing, TimeSpan maxWait, CancellationToken cancellationToken)
    {
        await using var limit = time.CreateTimer(
            _ => GiveUp(() => waiter.SetResult(new Taken<T>(nothing, Task.CompletedTask))), state: null, maxWait < LongestWait ? maxWait : LongestWait, Timeout.InfiniteTimeSpan);
        await using var cancellation = cancellationToken.Register(() => GiveUp(() => waiter.SetCanceled(cancellationToken)));
        return await waiter.Task;

        void GiveUp(Action end)
        {
            lock (gate)
            {
                if (line.Leave(waiter))
                    end();
            }
        }
    }
}
