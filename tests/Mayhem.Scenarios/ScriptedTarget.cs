using System.Collections.Concurrent;
using Mayhem.Restarts;

namespace Mayhem.Scenarios;

/// <summary>A target whose hosts do as the scenario says. Remembers what it issued, so it can be asked again after a crash.</summary>
public sealed class ScriptedTarget : IRestartTarget
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task>>> issuing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task>>> answering = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task>>> watching = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string RequestId, int Attempt), IssuedRestart> known = new();
    private int lastProcessId = 1000;

    /// <summary>What was issued, in order.</summary>
    public ConcurrentQueue<RestartOrder> Issued { get; } = new();

    /// <summary>What was watched to its good end, in order.</summary>
    public ConcurrentQueue<RestartOrder> Restarted { get; } = new();

    /// <summary>How often issuing was tried, failures included.</summary>
    public int Tries => tries;

    /// <summary>How often watching was begun.</summary>
    public int Watched => watched;

    /// <summary>How often watching the restart of a request was begun.</summary>
    public int WatchedOf(string requestId) => watchedBy.Count(watched => string.Equals(watched, requestId, StringComparison.Ordinal));

    private readonly ConcurrentQueue<string> watchedBy = new();
    private int tries;
    private int watched;

    /// <summary>Says what happens when restarts of this host are issued: one step for each try, and nothing special after the last.</summary>
    public ScriptedTarget OnIssue(string host, params Func<CancellationToken, Task>[] steps) => Add(issuing, host, steps);

    /// <summary>Says what happens between the acceptance of restarts of this host and the answer that tells of it, in the same way.</summary>
    public ScriptedTarget OnAnswer(string host, params Func<CancellationToken, Task>[] steps) => Add(answering, host, steps);

    /// <summary>Says what happens while restarts of this host are watched, in the same way.</summary>
    public ScriptedTarget OnWatch(string host, params Func<CancellationToken, Task>[] steps) => Add(watching, host, steps);

    /// <summary>Makes the next tries to issue a restart of this host fail.</summary>
    public ScriptedTarget Fail(string host, Func<Exception> failure, int times = 1) =>
        OnIssue(host, [.. Enumerable.Repeat<Func<CancellationToken, Task>>(_ => Task.FromException(failure()), times)]);

    /// <inheritdoc />
    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref tries);
        await NextAsync(issuing, order, cancellationToken);
        var processId = Interlocked.Increment(ref lastProcessId);
        var issued = new IssuedRestart($"restart-{order.Request.RequestId}-{order.Attempt}", processId, processId + 10_000);
        if (!known.TryAdd((order.Request.RequestId, order.Attempt), issued))
            throw new InvalidOperationException($"The same order was issued twice: {order}.");
        Issued.Enqueue(order);
        await NextAsync(answering, order, cancellationToken);
        return issued;
    }

    /// <inheritdoc />
    public async Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref watched);
        watchedBy.Enqueue(order.Request.RequestId);
        await NextAsync(watching, order, cancellationToken);
        Restarted.Enqueue(order);
    }

    /// <inheritdoc />
    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) =>
        Task.FromResult(known.GetValueOrDefault((order.Request.RequestId, order.Attempt)));

    private static Task NextAsync(
        ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task>>> script, RestartOrder order, CancellationToken cancellationToken) =>
        script.TryGetValue(order.Request.Host, out var steps) && steps.TryDequeue(out var step) ? step(cancellationToken) : Task.CompletedTask;

    private ScriptedTarget Add(
        ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task>>> script, string host, Func<CancellationToken, Task>[] steps)
    {
        var queue = script.GetOrAdd(host, _ => new ConcurrentQueue<Func<CancellationToken, Task>>());
        foreach (var step in steps)
            queue.Enqueue(step);
        return this;
    }
}
