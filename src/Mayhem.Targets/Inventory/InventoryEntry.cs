using Mayhem.Restarts;
using Mayhem.Targets.Health;
using Mayhem.Targets.Operations;
using Mayhem.Targets.Webhooks;

namespace Mayhem.Targets.Inventory;

/// <summary>Hosts that are restarted in one way: a target of the inventory.</summary>
public sealed record InventoryEntry
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>What restarts the hosts.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>Which hosts: patterns of names.</summary>
    public required IReadOnlyList<HostPattern> Hosts { get; init; }

    /// <summary>The group that the hosts belong to.</summary>
    public required string Group { get; init; }

    /// <summary>False if the group is but the entry's name.</summary>
    public bool HasOwnGroup => !Group.Equals(Name, StringComparison.Ordinal);

    /// <summary>For machines in Azure: the resource id, with <c>{host}</c> for the host's name and <c>{1}</c>, <c>{2}</c> … for what the pattern's wildcards stand for.</summary>
    public string? ResourceId { get; init; }

    /// <summary>For webhooks: what to ask, and how.</summary>
    public WebhookSettings? Webhook { get; init; }

    /// <summary>How a host tells that it is back; null if that is not asked.</summary>
    public HealthProbe? Health { get; init; }

    /// <summary>How long one restart may be watched at most, until the host is well again.</summary>
    public TimeSpan LongestWatch => Times.TimeLimit + (Health?.Limit ?? TimeSpan.Zero);

    /// <summary>True if nothing is to be done but to record restarts: in Azure and by webhook unless dry runs are switched off, for local processes only if they are switched on.</summary>
    /// <param name="dryRun"><c>Mayhem:DryRun</c>; null if it is left out.</param>
    public bool IsDryRun(bool? dryRun) => dryRun ?? Kind != TargetKind.Process;

    /// <summary>How long the target is asked, and how often.</summary>
    internal OperationTimes Times { get; init; } = new();

    /// <summary>The closest of the entry's patterns that a host fits; null if there is none.</summary>
    public HostPattern? Closest(string host) => Hosts.Where(pattern => pattern.Matches(host)).MaxBy(pattern => (pattern.IsExact, pattern.Literals));

    /// <summary>Fills in the template of an URL for a host.</summary>
    /// <exception cref="MalformedHostException">No URL comes of it.</exception>
    internal Uri ExpandUrl(string template, string host) => Uri.TryCreate(Expand(template, host), UriKind.Absolute, out var url)
        ? url
        : throw new MalformedHostException($"The host '{host}' makes no URL of '{template}'.");

    /// <summary>Fills in a template for a host.</summary>
    /// <exception cref="MalformedHostException">The host has no place here, or what is filled in would lead somewhere else.</exception>
    internal string Expand(string template, string host)
    {
        var values = Closest(host)?.Match(host) ?? throw new MalformedHostException($"The host '{host}' does not fit the target '{Name}'.");
        if (values.Take(HostTemplate.HighestNumber(template)).Contains("", StringComparer.Ordinal))
            throw new MalformedHostException($"The host '{host}' has nothing where the pattern '{Closest(host)}' of the target '{Name}' has a wildcard.");
        var expanded = HostTemplate.Expand(template, host, values);
        return HostTemplate.IsSafe(expanded) ? expanded : throw new MalformedHostException($"The host '{host}' makes '{expanded}', which has an empty part, '.' or '..' in its path.");
    }
}
