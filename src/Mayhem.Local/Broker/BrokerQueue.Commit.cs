using Mayhem.Journal;

namespace Mayhem.Local.Broker;

/// <summary>How a command becomes durable, and what follows from it: waiting receivers are served, the timer is set, the journal is compacted.</summary>
public sealed partial class BrokerQueue
{
    /// <summary>From here on a record is closed and another begun: so much happens at once only when much comes due together.</summary>
    private const int MaxRecordBytes = 4 << 20;

    /// <summary>Returns while the disk takes what the queue does.</summary>
    /// <exception cref="JournalFailedException">The disk has refused something. Nothing that changes the queue succeeds any more.</exception>
    public Task EnsureWritableAsync(CancellationToken cancellationToken) => WaitForRoomAsync(cancellationToken);

    private Task<bool> CommitAsync(Action<QueueState, Moment> command, CancellationToken cancellationToken) =>
        CommitAsync(static (state, now, command) =>
        {
            command(state, now);
            return true;
        }, command, cancellationToken).AsTask();

    private Task<T> CommitAsync<T>(Func<QueueState, Moment, T> command, CancellationToken cancellationToken) =>
        CommitAsync(static (state, now, command) => command(state, now), command, cancellationToken).AsTask();

    /// <summary>For commands that may find that an earlier one did their work, as the sending of a duplicate: returns when that one is durable, too.</summary>
    private ValueTask<T> CommitAfterOthersAsync<TArgument, T>(Func<QueueState, Moment, TArgument, T> command, TArgument argument, CancellationToken cancellationToken) =>
        CommitAsync(command, argument, cancellationToken, awaitEarlier: true);

    // The argument is given apart so that what every message needs is asked for without a closure.
    private async ValueTask<T> CommitAsync<TArgument, T>(
        Func<QueueState, Moment, TArgument, T> command, TArgument argument, CancellationToken cancellationToken, bool awaitEarlier = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await WaitForRoomAsync(cancellationToken);
        T answer;
        Task durable;
        lock (gate)
        {
            ThrowIfClosed();
            var now = Now;
            try
            {
                answer = command(state, now, argument);
            }
            catch
            {
                _ = Follow(now);
                throw;
            }
            durable = Follow(now, awaitEarlier);
        }
        await durable;
        return answer;
    }

    /// <summary>Journals what a command did and does what it made possible. Call it under the lock after every command.</summary>
    /// <returns>Completes when all that the command did is durable.</returns>
    private Task Follow(Moment now, bool awaitEarlier = false)
    {
        var durable = Append(awaitEarlier);
        FollowUp(now);
        return durable;
    }

    /// <summary>Does what a command made possible, when it is journalled.</summary>
    private void FollowUp(Moment now)
    {
        Serve(now);
        SetTimer(now);
        if (journal.IsCompactionDue && compaction.IsCompleted)
            compaction = CompactAsync();
    }

    /// <summary>Appends the events of a command. An empty record stands for a command that only waits for those before it.</summary>
    private Task Append(bool awaitEarlier)
    {
        if (TryEncode())
            return journal.Append(record.Written);
        return awaitEarlier ? journal.Append([]) : Task.CompletedTask;
    }

    /// <summary>
    /// Appends the events of a delivery. It only has to outlive this process, for it is counted to tell on which message a process died, and nobody is told of it:
    /// the disk need not be flushed. What is gone for good has to outlive the machine.
    /// </summary>
    private Task AppendTaken(bool forGood)
    {
        if (forGood)
            return Append(awaitEarlier: false);
        if (TryEncode())
            journal.AppendUnawaited(record.Written);
        return Task.CompletedTask;
    }

    /// <summary>Encodes what has happened into the record that is to be appended; false if nothing has, or the queue is in memory. Of very many events, the first are appended at once.</summary>
    private bool TryEncode()
    {
        if (isInMemory || state.Events.Count == 0)
        {
            state.ClearEvents();
            return false;
        }
        EventCodec.Begin(record, state.At);
        for (var i = 0; i < state.Events.Count; i++)
        {
            if (record.Written.Length > MaxRecordBytes)
            {
                journal.AppendUnawaited(record.Written);
                EventCodec.Begin(record, state.At);
            }
            EventCodec.Write(record, state.Events[i]);
        }
        state.ClearEvents();
        return true;
    }

    private void Serve(Moment now)
    {
        receivers.Serve(now, commit);
        deadLetterReceivers.Serve(now, commit);
        if (!Options.RequiresSession)
            return;
        foreach (var (token, line) in receiversBySession)
        {
            line.Serve(now, commit);
            if (line.IsEmpty && !state.IsHeld(token))
                receiversBySession.Remove(token);
        }
        sessionReceivers.Serve(now, commit);
    }

    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.WaitForRoomAsync(cancellationToken);
        }
        catch (ObjectDisposedException) when (closed)
        {
            throw Closed();
        }
    }

    private void ThrowIfClosed()
    {
        if (closed)
            throw Closed();
    }
}
