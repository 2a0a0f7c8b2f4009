using System.Diagnostics;
using Mayhem.Observation;
using Microsoft.Extensions.Logging;

namespace Mayhem.Locks;

/// <summary>
/// Renews the locks of all messages in flight, from one thread of its own: handlers that block the thread pool cannot hold it up.
/// It goes by the monotonic clock; jumps of the wall clock mean nothing to it. Dispose of it after the last handle.
/// </summary>
public sealed class LockRenewer : IDisposable
{
    private const int IdleTicksBeforeSleep = 100;
    private static readonly TimeSpan LongestTick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly RenewalQueue queue = new();
    private readonly AutoResetEvent wakeUp = new(false);
    private readonly LockOptions options;
    private readonly TimeProvider timeProvider;
    private readonly ProcessingCounters counters;
    private readonly ILogger<LockRenewer> logger;
    private readonly long origin;
    private readonly CancellationToken stopping;
    private readonly CancellationTokenRegistration byStopping;
    private readonly Thread? thread;
    private int idleTicks;
    private bool asleep;
    private volatile bool disposed;

    /// <summary>Starts the thread.</summary>
    /// <param name="options">How long locks last.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="counters">Counts renewals and losses.</param>
    /// <param name="logger">Hears of them.</param>
    /// <param name="stopping">Cancels the handlers of all locks, those held and those to come. The locks are kept all the same.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public LockRenewer(LockOptions options, TimeProvider timeProvider, ProcessingCounters counters, ILogger<LockRenewer> logger, CancellationToken stopping = default)
        : this(options, timeProvider, counters, logger, ownThread: true, stopping)
    {
    }

    /// <summary>Without a thread, <see cref="RunDue"/> has to be called.</summary>
    internal LockRenewer(
        LockOptions options, TimeProvider timeProvider, ProcessingCounters counters, ILogger<LockRenewer> logger, bool ownThread, CancellationToken stopping = default)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        this.options = options;
        this.timeProvider = timeProvider;
        this.counters = counters;
        this.logger = logger;
        this.stopping = stopping;
        origin = timeProvider.GetTimestamp();
        byStopping = stopping.UnsafeRegister(static renewer => ((LockRenewer)renewer!).CancelHandlers(), this);
        if (!ownThread)
            return;
        thread = new Thread(RunUntilDisposed) { IsBackground = true, Name = "mayhem-lock-renewal" };
        thread.UnsafeStart();
    }

    /// <summary>
    /// True (default): what hears of a lock runs on the pool, for the thread that tells has others to renew. False for tests that want one order of
    /// things: it runs before <see cref="RunDue"/> returns.
    /// </summary>
    internal bool TellsOnThePool { get; init; } = true;

    private TimeSpan Now => timeProvider.GetElapsedTime(origin);

    /// <summary>How many locks are kept alive.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return queue.Count;
        }
    }

    /// <summary>Keeps the lock of a message alive until the result is disposed of, the lock is lost or the ceiling is reached.</summary>
    /// <param name="messageId">The message's id, for the log.</param>
    /// <param name="remaining">What is left of the lock. With nothing left, the result is a lost lock.</param>
    /// <param name="length">The full length of the lock after a renewal, more than zero.</param>
    /// <param name="renewable">
    /// Renews the lock. Called on the renewer's thread, so it must not block before its first await; never twice at a time; whatever it throws is a
    /// failed renewal, which is tried again until the lock's end.
    /// </param>
    /// <param name="invocation">Cancels the handler, too. The lock is kept all the same.</param>
    public LockHandle Hold(string messageId, TimeSpan remaining, TimeSpan length, IRenewableLock renewable, CancellationToken invocation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ObjectDisposedException.ThrowIf(disposed, this);
        var now = Now;
        var handle = new LockHandle(this, messageId, new LockTimeline(now, remaining, length, options.MaxLockDuration), renewable);
        handle.CancelBy(invocation);
        if (remaining <= TimeSpan.Zero)
        {
            Carry(handle, handle.Timeline.Step(now));
            return handle;
        }

        bool wasAsleep;
        lock (gate)
        {
            queue.Add(handle);
            wasAsleep = asleep;
            asleep = false;
        }

        if (wasAsleep)
            wakeUp.Set();
        if (stopping.IsCancellationRequested)
            handle.CancelHandling();
        return handle;
    }

    /// <summary>Ends the thread. Locks still held are not renewed any more.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        byStopping.Unregister();
        wakeUp.Set();
        thread?.Join();
        wakeUp.Dispose();
    }

    /// <summary>How much longer a handler may merely wait.</summary>
    internal TimeSpan PatienceOf(LockHandle handle)
    {
        var patience = handle.Timeline.Ceiling - options.LongestWait() - Now;
        return patience > TimeSpan.Zero ? patience : TimeSpan.Zero;
    }

    /// <summary>Takes the steps that are due.</summary>
    internal void RunDue()
    {
        while (TakeDue(out var handle, out var step, out var succeeded))
        {
            if (succeeded is null)
                Carry(handle, step);
            else
                FinishRenewal(handle, succeeded);
        }
    }

    internal ValueTask Release(LockHandle handle)
    {
        Task callEnds;
        lock (gate)
        {
            handle.Stopped = true;
            queue.Remove(handle);
            callEnds = handle.WhenCallEnds();
        }

        if (!callEnds.IsCompleted)
            return new ValueTask(WaitForCallAsync(handle, callEnds));
        LoseIfEnded(handle);
        return ValueTask.CompletedTask;
    }

    private void CancelHandlers()
    {
        LockHandle[] held;
        lock (gate)
            held = queue.ToArray();
        foreach (var handle in held)
            handle.CancelHandling();
    }

    private async Task WaitForCallAsync(LockHandle handle, Task callEnds)
    {
        handle.CancelRenewal();
        var left = handle.Timeline.Deadline - Now;
        if (left > TimeSpan.Zero)
            await callEnds.WaitAsync(left, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        LoseIfEnded(handle);
    }

    // The thread may not have come to it, as after the whole process was paused.
    private void LoseIfEnded(LockHandle handle)
    {
        var step = LockStep.Wait;
        lock (gate)
        {
            if (handle.Timeline.Deadline <= Now)
                step = handle.Timeline.Step(Now);
        }

        Carry(handle, step);
    }

    private void RunUntilDisposed()
    {
        while (!disposed)
        {
            wakeUp.WaitOne(UntilNextLook());
            try
            {
                RunDue();
            }
            catch (Exception failure)
            {
                // Only a logger can throw here. Without this thread every lock would be lost, so it goes on, and tells without the logger.
                Trace.TraceError(failure.ToString());
            }
        }
    }

    // Until the next step, but for a while at least: where there are many locks, those that are due one after another are taken together. And not for too long: a new lock whose step comes
    // sooner does not wake the thread. Nor does one that comes after a moment without any: to wake the thread after each would cost more than to let it tick on.
    private TimeSpan UntilNextLook()
    {
        lock (gate)
        {
            idleTicks = queue.Count == 0 ? idleTicks + 1 : 0;
            asleep = idleTicks > IdleTicksBeforeSleep;
            if (asleep)
                return Timeout.InfiniteTimeSpan;
            var left = queue.First is { } first ? first.NextStepAt - Now : LongestTick;
            return left >= LongestTick ? LongestTick : left > ShortestTick ? left : ShortestTick;
        }
    }

    private bool TakeDue(out LockHandle handle, out LockStep step, out Task? succeeded)
    {
        lock (gate)
        {
            var now = Now;
            while (queue.First is { } first && first.NextStepAt <= now)
            {
                handle = first;
                step = LockStep.Wait;

                // The pool may be too busy to have told that the renewal succeeded: look before giving the lock up.
                succeeded = first.Call is { IsCompletedSuccessfully: true } call ? call : null;
                if (succeeded is not null)
                    return true;
                step = first.Timeline.Step(now);
                if (step == LockStep.Renew)
                    first.BeginCall();
                Reschedule(first);
                if (step != LockStep.Wait)
                    return true;
            }
        }

        (handle, step, succeeded) = (null!, LockStep.Wait, null);
        return false;
    }

    private void Carry(LockHandle handle, LockStep step)
    {
        switch (step)
        {
            case LockStep.Renew:
                StartRenewal(handle);
                break;
            case LockStep.CancelAtCeiling:
                handle.CancelHandling();
                Log.LockCeilingReached(logger, handle.MessageId, options.MaxLockDuration);
                break;
            case LockStep.Lose:
                handle.CancelHandling();
                handle.CancelRenewal();
                counters.Count(ProcessingEvent.LockLost);
                Log.LockLost(logger, handle.MessageId, handle.Renewals);
                break;
        }
    }

    private void StartRenewal(LockHandle handle)
    {
        Task call;
        try
        {
            call = handle.Renew();
        }
        catch (Exception failure)
        {
            call = Task.FromException(failure);
        }

        lock (gate)
            handle.Call = call;
        if (call.IsCompleted)
            FinishRenewal(handle, call);
        else
            _ = call.ContinueWith(
                (ended, state) => FinishRenewal((LockHandle)state!, ended),
                handle,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
    }

    private void FinishRenewal(LockHandle handle, Task call)
    {
        var counts = false;
        TaskCompletionSource? callEnded = null;
        lock (gate)
        {
            if (handle.Call == call)
            {
                counts = call.IsCompletedSuccessfully ? handle.Timeline.Renewed(Now) : !handle.Stopped && handle.Timeline.NotRenewed(Now);
                callEnded = handle.EndCall();
                Reschedule(handle);
            }
        }

        // Reading the exception keeps it from counting as unobserved.
        var failure = call.Exception?.InnerException;
        callEnded?.SetResult();
        if (!counts)
            return;
        if (call.IsCompletedSuccessfully)
        {
            counters.Count(ProcessingEvent.LockRenewed);
            Log.LockRenewed(logger, handle.MessageId, handle.Renewals);
        }
        else
        {
            Log.LockRenewalFailed(logger, handle.MessageId, handle.Timeline.Deadline - Now, failure);
        }
    }

    private void Reschedule(LockHandle handle)
    {
        handle.NextStepAt = handle.Timeline.NextStepAt;
        if (handle.Stopped || handle.State == LockState.Lost)
            queue.Remove(handle);
        else
            queue.Update(handle);
    }
}
