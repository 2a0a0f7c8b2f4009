namespace Mayhem.Targets.Inventory;

/// <summary>Which hosts may be restarted, and how. A host that nothing names is not opted in; a host that is denied stays so, whatever else names it.</summary>
public sealed class HostInventory
{
    private readonly Dictionary<string, List<InventoryEntry>> exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(HostPattern Pattern, InventoryEntry Entry)> wide = [];

    /// <summary>Makes an inventory.</summary>
    /// <param name="entries">The targets, each with its hosts.</param>
    /// <param name="deny">Hosts that must never be restarted.</param>
    public HostInventory(IReadOnlyList<InventoryEntry> entries, IReadOnlyList<HostPattern> deny)
    {
        Entries = entries;
        Deny = deny;
        foreach (var (pattern, entry) in entries.SelectMany(entry => entry.Hosts.Select(pattern => (pattern, entry))))
        {
            if (!pattern.IsExact)
                wide.Add((pattern, entry));
            else if (exact.TryGetValue(pattern.ToString(), out var named))
                named.Add(entry);
            else
                exact[pattern.ToString()] = [entry];
        }
    }

    /// <summary>The targets.</summary>
    public IReadOnlyList<InventoryEntry> Entries { get; }

    /// <summary>Hosts that must never be restarted.</summary>
    public IReadOnlyList<HostPattern> Deny { get; }

    /// <summary>The target of a host, or why it has none. The closest pattern wins: an exact name, then the one that names more characters.</summary>
    public InventoryAnswer Find(string host)
    {
        if (Deny.FirstOrDefault(pattern => pattern.Matches(host)) is { } denied)
            return new InventoryAnswer.Denied($"The host '{host}' is on the deny list, as '{denied}'.");
        var closest = exact.TryGetValue(host, out var named) ? named : ClosestOf(host);
        return closest.Distinct().ToList() switch
        {
            [] => new InventoryAnswer.Denied($"The host '{host}' is not opted in: no target of the inventory names it."),
            [var only] => new InventoryAnswer.OptedIn(only),
            [var one, var other, ..] => new InventoryAnswer.Denied($"The host '{host}' fits the targets '{one.Name}' and '{other.Name}' equally well: name it more closely in one of them."),
        };
    }

    private List<InventoryEntry> ClosestOf(string host)
    {
        var fitting = wide.Where(candidate => candidate.Pattern.Matches(host)).ToList();
        var most = fitting.Select(candidate => candidate.Pattern.Literals).DefaultIfEmpty().Max();
        return [.. fitting.Where(candidate => candidate.Pattern.Literals == most).Select(candidate => candidate.Entry)];
    }
}

/// <summary>What the inventory says of a host. One of a closed set.</summary>
public abstract record InventoryAnswer
{
    private InventoryAnswer()
    {
    }

    /// <summary>It may be restarted, by this target.</summary>
    public sealed record OptedIn(InventoryEntry Entry) : InventoryAnswer;

    /// <summary>It must not be restarted.</summary>
    public sealed record Denied(string Why) : InventoryAnswer;
}
