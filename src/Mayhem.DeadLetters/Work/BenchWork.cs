using Azure.Messaging.ServiceBus;

namespace Mayhem.DeadLetters.Work;

/// <summary>
/// Comes to planned dead letters and has something done with each, under its lock. Whatever happens on the way, each is either done or a dead letter still.
/// </summary>
internal sealed class BenchWork(ServiceBusReceiver receiver, DeadLetterBenchOptions options, TimeProvider time)
{
    private const int Batch = 100;
    private const int LargestBatch = 1000;
    private const int AtATime = 16;
    private const int FailuresInARow = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly HeldMessages held = new(receiver, options.MaxHeldBytes, time);
    private readonly Lock gate = new();
    private readonly List<BenchFailure> failures = [];
    private readonly HashSet<string> brokenSessions = new(StringComparer.Ordinal);
    private int done;
    private int failed;
    private int failedInARow;

    /// <summary>Works through the plan.</summary>
    /// <param name="plan">What is meant.</param>
    /// <param name="rate">At most so many a second; null for as fast as it goes.</param>
    /// <param name="announce">Puts on record what is about to be done with some of them.</param>
    /// <param name="act">Does it with one.</param>
    /// <param name="progress">Hears how far it has come.</param>
    /// <param name="cancellationToken">Ends the work after what is under way.</param>
    public async Task<BenchOutcome> RunAsync(
        BenchPlan plan, double? rate, Func<IReadOnlyList<ServiceBusReceivedMessage>, ValueTask> announce, Func<ServiceBusReceivedMessage, Task> act, IProgress<BenchProgress>? progress,
        CancellationToken cancellationToken)
    {
        var pending = plan.SequenceNumbers.ToHashSet();
        var pace = new SendPace(rate, time);
        try
        {
            await WorkAsync(pending, plan, pace, announce, act, () => progress?.Report(new BenchProgress(plan.SequenceNumbers.Count, done, failed)), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was begun is done: only waits are cancelled.
        }
        catch (Exception failure) when (failure is ServiceBusException or IOException or UnauthorizedAccessException)
        {
            // The outcome must come back, for some of it may be done.
            failures.Insert(0, new BenchFailure(0, MessageId: null, $"It was given up: {failure.Message}"));
        }
        finally
        {
            await held.GiveBackAsync();
        }

        return new BenchOutcome
        {
            Run = "",
            Planned = plan.SequenceNumbers.Count,
            Done = done,
            Failed = failed,
            NotReached = plan.SequenceNumbers.Count - done - failed,
            Cancelled = cancellationToken.IsCancellationRequested && done + failed < plan.SequenceNumbers.Count,
            Failures = failures,
        };
    }

    private async Task WorkAsync(
        HashSet<long> pending, BenchPlan plan, SendPace pace, Func<IReadOnlyList<ServiceBusReceivedMessage>, ValueTask> announce, Func<ServiceBusReceivedMessage, Task> act, Action report,
        CancellationToken cancellationToken)
    {
        // Locks that run out let messages come again; somebody who receives as well must not make this endless.
        var mostReceived = (2L * plan.Scanned) + LargestBatch;
        var received = 0L;
        var batch = pace.Batch(Batch);
        while (pending.Count > 0 && received < mostReceived && !held.IsFull && failedInARow < FailuresInARow)
        {
            await PauseAsync(pace, cancellationToken);
            var messages = await receiver.ReceiveMessagesAsync(batch, options.ReceiveWait, cancellationToken);
            if (messages.Count == 0)
                return;
            received += messages.Count;
            var meant = new List<ServiceBusReceivedMessage>();
            foreach (var message in messages)
            {
                if (pending.Contains(message.SequenceNumber))
                    meant.Add(message);
                else
                    held.Add(message);
            }

            batch = meant.Count > 0 ? pace.Batch(Batch) : Math.Min(batch * 2, LargestBatch);
            if (meant.Count > 0)
                await ActAsync(meant, pending, pace, announce, act, report, cancellationToken);
            await held.RenewAsync(cancellationToken);
        }
    }

    private async Task ActAsync(
        List<ServiceBusReceivedMessage> meant, HashSet<long> pending, SendPace pace, Func<IReadOnlyList<ServiceBusReceivedMessage>, ValueTask> announce, Func<ServiceBusReceivedMessage, Task> act,
        Action report, CancellationToken cancellationToken)
    {
        var locks = meant.ToDictionary(message => message.SequenceNumber, message => new MessageLock(message, time));
        var untouched = meant.ToDictionary(message => message.SequenceNumber);
        try
        {
            await announce(meant);

            // The messages of a session keep their order.
            var lines = pace.IsLimited ? [meant] : meant.GroupBy(message => message.SessionId ?? "#" + message.LockToken, (_, line) => line.ToList(), StringComparer.Ordinal).ToList();
            await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (line, _) =>
            {
                foreach (var message in line)
                {
                    await PauseAsync(pace, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    pace.Count();
                    var error = await TryAsync(message, locks[message.SequenceNumber], act);
                    lock (gate)
                    {
                        pending.Remove(message.SequenceNumber);
                        if (error is null)
                            untouched.Remove(message.SequenceNumber);
                        Note(message, error);
                        report();
                    }
                }
            });
        }
        finally
        {
            foreach (var message in untouched.Values)
                held.Add(message);
        }
    }

    private async Task<string?> TryAsync(ServiceBusReceivedMessage message, MessageLock hold, Func<ServiceBusReceivedMessage, Task> act)
    {
        if (message.SessionId is { } session)
        {
            lock (gate)
            {
                if (brokenSessions.Contains(session))
                    return $"an earlier message of session '{session}' has failed, and it must not overtake that.";
            }
        }

        if (hold.IsHalfOver && !await hold.TryRenewAsync(receiver))
            return "its lock was lost before it was touched.";
        try
        {
            await act(message);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return failure.Message;
        }
    }

    private void Note(ServiceBusReceivedMessage message, string? error)
    {
        if (error is null)
        {
            done++;
            failedInARow = 0;
            return;
        }

        failed++;
        failedInARow++;
        if (message.SessionId is { } session)
            brokenSessions.Add(session);
        if (failures.Count < BenchOutcome.MostShown)
            failures.Add(new BenchFailure(message.SequenceNumber, message.MessageId, error));
    }

    private async Task PauseAsync(SendPace pace, CancellationToken cancellationToken)
    {
        while (pace.Wait() is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < LongestPause ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : LongestPause, time, cancellationToken);
            await held.RenewAsync(cancellationToken);
        }
    }
}
