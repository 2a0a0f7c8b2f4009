using Mayhem.Guards;

namespace Mayhem.Ledger;

/// <summary>What attempts have taken of the limits of their groups, by the records of a ledger.</summary>
internal sealed class RecordedUses
{
    private readonly Dictionary<(string RequestId, int Attempt), RestartUse> uses = [];
    private readonly Dictionary<string, GroupUses> groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, in no order.</summary>
    public IReadOnlyCollection<RestartUse> All => uses.Values;

    /// <summary>Those of a group.</summary>
    public GroupUses Of(string group)
    {
        if (!groups.TryGetValue(group, out var found))
            groups[group] = found = new GroupUses();
        return found;
    }

    public void Put(RestartUse use)
    {
        var key = (use.RequestId, use.Attempt);
        if (uses.TryGetValue(key, out var known))
            Of(known.Group).Remove(known);
        uses[key] = use;
        Of(use.Group).Add(use);
    }

    /// <summary>What an attempt has taken; null if that is nothing.</summary>
    public RestartUse? Find(string requestId, int attempt) => uses.GetValueOrDefault((requestId, attempt));

    /// <summary>Drops what has no meaning for a group's limits any more.</summary>
    public void Forget(string group, DateTimeOffset before)
    {
        foreach (var over in Of(group).Forget(before))
            uses.Remove((over.RequestId, over.Attempt));
    }

    /// <summary>Drops what was taken and has ended before this time, in all groups.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var over in uses.Values.Where(use => GroupUses.IsOver(use, before)).ToList())
        {
            uses.Remove((over.RequestId, over.Attempt));
            Of(over.Group).Remove(over);
        }
    }
}
