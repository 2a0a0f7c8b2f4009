using Mayhem.Model.Checks;
using Mayhem.Restarts;

namespace Mayhem.Model.Doubles;

/// <summary>How an issued restart ended.</summary>
internal enum RestartEnd
{
    None,
    Well,
    Failed,
}

/// <summary>One restart that a host has gone through.</summary>
internal sealed class HostRestart(IssuedRestart issued)
{
    public IssuedRestart Issued { get; } = issued;

    public RestartEnd End { get; set; }
}

/// <summary>What really happened to the hosts. It outlives every process, and knows when a host is restarted that must not be.</summary>
internal sealed class Hosts(Violations violations)
{
    /// <summary>How requests begin that kill the process that carries them out.</summary>
    public const string Deadly = "deadly-";

    private readonly SortedDictionary<string, SortedDictionary<int, HostRestart>> restarts = new(StringComparer.Ordinal);

    /// <summary>The restarts of a request, by attempt.</summary>
    public IReadOnlyDictionary<int, HostRestart> Of(string requestId) =>
        restarts.TryGetValue(requestId, out var found) ? found : new SortedDictionary<int, HostRestart>();

    public IEnumerable<string> Requests => restarts.Keys;

    public bool EndedWell(string requestId) => Of(requestId).Values.Any(restart => restart.End == RestartEnd.Well);

    public IssuedRestart Issue(RestartOrder order)
    {
        var request = order.Request.RequestId;
        if (!restarts.TryGetValue(request, out var known))
            restarts[request] = known = [];
        if (known.ContainsKey(order.Attempt))
            violations.Add($"attempt {order.Attempt} of {request} was issued twice");
        foreach (var (attempt, other) in known.Where(other => other.Key != order.Attempt && other.Value.End != RestartEnd.Failed))
            violations.Add($"attempt {order.Attempt} of {request} was issued though attempt {attempt} had not failed ({other.End})");
        known[order.Attempt] = new HostRestart(new IssuedRestart($"{request}/{order.Attempt}"));
        return known[order.Attempt].Issued;
    }

    public IssuedRestart? Find(RestartOrder order) => Of(order.Request.RequestId).GetValueOrDefault(order.Attempt)?.Issued;

    /// <summary>The restart comes to its end: the first end counts.</summary>
    public RestartEnd EndOf(RestartOrder order, RestartEnd end)
    {
        if (Of(order.Request.RequestId).GetValueOrDefault(order.Attempt) is not { } restart)
        {
            violations.Add($"attempt {order.Attempt} of {order.Request.RequestId} was watched, but never issued");
            return end;
        }

        if (restart.End == RestartEnd.None)
            restart.End = end;
        return restart.End;
    }
}
