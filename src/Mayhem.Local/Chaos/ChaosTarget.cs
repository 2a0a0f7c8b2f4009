using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Mayhem.Restarts;

namespace Mayhem.Local.Chaos;

/// <summary>Makes restarts go wrong when their request's reason says so: see <see cref="ChaosReasons"/>. All others go to the inner target as they are.</summary>
/// <param name="inner">The target that restarts.</param>
/// <param name="lockDuration">The length of a message's lock, more than zero.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ChaosTarget(IRestartTarget inner, TimeSpan lockDuration, TimeProvider timeProvider) : IRestartTarget
{
    private readonly ConcurrentDictionary<string, bool> wentWrong = new(StringComparer.Ordinal);

    /// <summary>How long throttled requests are told to wait: 6 s, longer than what is waited for in place.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(6);

    /// <inheritdoc />
    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        switch (order.Request.Reason)
        {
            case ChaosReasons.FailOnce when IsFirst(order):
            case ChaosReasons.FailAlways:
                throw new RestartFailedException($"Chaos: attempt {order.Attempt} to restart '{order.Request.Host}' fails on purpose.");
            case ChaosReasons.Throttle when IsFirst(order):
                throw new RestartThrottledException($"Chaos: the restart of '{order.Request.Host}' is throttled on purpose.", RetryAfter);
            case ChaosReasons.OutOfMemory:
                RunOutOfMemory();
                break;
            case ChaosReasons.Hang:
                await Task.Delay(lockDuration * 1.5, timeProvider, cancellationToken);
                break;
        }

        return await inner.IssueAsync(order, cancellationToken);
    }

    /// <inheritdoc />
    public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => inner.WatchAsync(order, issued, cancellationToken);

    /// <inheritdoc />
    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => inner.FindIssuedAsync(order, cancellationToken);

    private bool IsFirst(RestartOrder order) => order.Attempt == 1 && wentWrong.TryAdd(order.Request.RequestId, true);

    [SuppressMessage("Usage", "CA2201", Justification = "Only the runtime's own exception shows that the worker ends on it.")]
    [SuppressMessage("Usage", "MA0012", Justification = "Only the runtime's own exception shows that the worker ends on it.")]
    private static void RunOutOfMemory() => throw new OutOfMemoryException("Chaos: out of memory on purpose.");
}
