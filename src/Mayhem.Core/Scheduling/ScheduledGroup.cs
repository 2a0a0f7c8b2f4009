namespace Mayhem.Scheduling;

/// <summary>The hosts among which chance chooses.</summary>
/// <param name="Name">The group.</param>
/// <param name="Mean">The mean time between two restarts.</param>
/// <param name="Hosts">The hosts, in the same order in all instances.</param>
public sealed record ScheduledGroup(string Name, TimeSpan Mean, IReadOnlyList<string> Hosts)
{
    /// <summary>Groups hosts, each named once, in an order that does not depend on how they were listed.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="groupOf">The group of a host.</param>
    /// <param name="meanOf">The mean time of a group.</param>
    public static IReadOnlyList<ScheduledGroup> Of(IEnumerable<string> hosts, Func<string, string> groupOf, Func<string, TimeSpan> meanOf) =>
    [
        .. hosts.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).GroupBy(groupOf, StringComparer.OrdinalIgnoreCase)
            .Select(group => new ScheduledGroup(group.Key, meanOf(group.Key), [.. group])),
    ];

    /// <summary>The chance that one of them is restarted in a slot: so that slots with a restart are a mean time apart.</summary>
    public double Chance => Math.Min(1, TimeSlot.Length / Mean);

    /// <summary>The host that the lot falls on; null if it falls on none.</summary>
    public string? Choose(SlotLot lot) => lot.Whether < Chance && Hosts.Count > 0 ? Hosts[Math.Min((int)(lot.Which * Hosts.Count), Hosts.Count - 1)] : null;
}
