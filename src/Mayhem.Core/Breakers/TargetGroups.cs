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
        var (now, wall) = (Now(), timeProvider.GetUtcNow());
        return [.. groups.OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Value.Snapshot(now, wall))];
    }

    /// <summary>Asks whether a host may be restarted now.</summary>
    internal GroupAdmission Ask(string host) =>
        options.Enabled ? GroupAdmission.Of(groups.GetOrAdd(hosts.GroupOf(host), name => new TargetGroup(name, options, jitter, logger)), Now) : GroupAdmission.Free();

    private TimeSpan Now() => timeProvider.GetElapsedTime(start);
}
