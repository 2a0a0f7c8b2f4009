using Mayhem.Collections;

namespace Mayhem.Local.FunctionsHost;

/// <summary>
/// The invocations that are running, in the order in which they began, and the count of those that have ended. All are given the same time, so
/// one timer, set for the oldest, tells of every one that has run too long.
/// </summary>
internal sealed class InvocationRegistry : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeSpan limit;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly Chain<RunningInvocation> chain = new();
    private TaskCompletionSource? idle;
    private bool timerIsSet;
    private int running;
    private long succeeded;
    private long failed;

    /// <param name="limit">How long an invocation may run; infinite for as long as it likes.</param>
    /// <param name="time">The clock.</param>
    public InvocationRegistry(TimeSpan limit, TimeProvider time)
    {
        this.limit = limit;
        this.time = time;
        timer = time.CreateTimer(static registry => ((InvocationRegistry)registry!).EndOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Running => Volatile.Read(ref running);

    public long Succeeded => Interlocked.Read(ref succeeded);

    public long Failed => Interlocked.Read(ref failed);

    public IReadOnlyCollection<RunningInvocation> Snapshot()
    {
        lock (gate)
            return [.. chain.Items];
    }

    public RunningInvocation? Find(string id)
    {
        lock (gate)
            return chain.Items.FirstOrDefault(invocation => string.Equals(invocation.Id, id, StringComparison.Ordinal));
    }

    public void Begin(RunningInvocation invocation)
    {
        lock (gate)
        {
            invocation.Began = time.GetTimestamp();
            chain.Add(invocation);
            running++;
            if (!timerIsSet)
                SetTimer(limit);
        }
    }

    public void End(RunningInvocation invocation, bool success)
    {
        Interlocked.Increment(ref success ? ref succeeded : ref failed);
        lock (gate)
        {
            chain.Remove(invocation);
            if (--running == 0)
                idle?.TrySetResult();
        }
    }

    /// <summary>Ends when nothing is running.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
        {
            if (running == 0)
                return Task.CompletedTask;
            if (idle is null or { Task.IsCompleted: true })
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }

    public void Dispose() => timer.Dispose();

    private void EndOverdue()
    {
        List<RunningInvocation> overdue = [];
        lock (gate)
        {
            timerIsSet = false;
            foreach (var invocation in chain.Items)
            {
                var left = limit - time.GetElapsedTime(invocation.Began);
                if (left > TimeSpan.Zero)
                {
                    SetTimer(left);
                    break;
                }
                overdue.Add(invocation);
            }
        }

        foreach (var invocation in overdue)
            invocation.TimeOut();
    }

    private void SetTimer(TimeSpan due)
    {
        timerIsSet = due != Timeout.InfiniteTimeSpan;
        timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
