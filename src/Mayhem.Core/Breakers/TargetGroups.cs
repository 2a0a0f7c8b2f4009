using System.Collections.Concurrent;
using Mayhem.Recovery;
using Microsoft.Extensions.Logging;

namespace Mayhem.Breakers;

/// <summary>The circuit breakers of all groups of hosts, and the delays that their messages share. In memory: each process finds out for itself. Thread-safe.</summary>
public sealed class TargetGroups(IHostGroups hosts, BreakerOptions options, JitterSource jitter, TimeProvider timeProvider, ILogger<TargetGroups> logger)
{
    private readonly long start = timeProvider.GetTimestamp();
    private readonly ConcurrentDictionary<string, TargetGroup> groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The groups that messages have been about, by name.</summary>
    public IReadOnlyList<GroupSnapshot> Snapshot()
    {
        var (now, wall) = (Now, timeProvider.GetUtcNow());
        return [.. groups.OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Value.Snapshot(now, wall))];
    }

    /// <summary>The monotonic clock that results are told by.</summary>
    internal TimeSpan Now => timeProvider.GetElapsedTime(start);

    /// <summary>Asks whether a host may be restarted now; null if that is not for breakers to say.</summary>
    internal GroupAdmission? Ask(string host) => options.Enabled ? new GroupAdmission(this, Of(hosts.GroupOf(host))) : null;

    private TargetGroup Of(string group) =>
        groups.TryGetValue(group, out var known) ? known : groups.GetOrAdd(group, name => new TargetGroup(name, options, jitter, logger));
}
