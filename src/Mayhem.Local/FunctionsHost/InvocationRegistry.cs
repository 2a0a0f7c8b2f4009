using System.Collections.Concurrent;

namespace Mayhem.Local.FunctionsHost;

/// <summary>The invocations that are running, and the count of those that have ended.</summary>
internal sealed class InvocationRegistry
{
    private readonly ConcurrentDictionary<string, Invocation> running = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private TaskCompletionSource? idle;
    private long succeeded;
    private long failed;

    public int Running => running.Count;

    public long Succeeded => Interlocked.Read(ref succeeded);

    public long Failed => Interlocked.Read(ref failed);

    public IReadOnlyCollection<Invocation> Snapshot() => [.. running.Values];

    public Invocation? Find(string id) => running.GetValueOrDefault(id);

    public void Begin(Invocation invocation) => running[invocation.Id] = invocation;

    public void End(Invocation invocation, bool success)
    {
        Interlocked.Increment(ref success ? ref succeeded : ref failed);
        lock (gate)
        {
            running.TryRemove(invocation.Id, out _);
            if (running.IsEmpty)
                idle?.TrySetResult();
        }
    }

    /// <summary>Ends when nothing is running.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
        {
            if (running.IsEmpty)
                return Task.CompletedTask;
            if (idle is null or { Task.IsCompleted: true })
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }
}
