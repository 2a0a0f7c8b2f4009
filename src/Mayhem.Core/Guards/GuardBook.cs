using System.Collections.Concurrent;
using Mayhem.Breakers;

namespace Mayhem.Guards;

/// <summary>The guards of all groups. Thread-safe.</summary>
/// <param name="hosts">Tells to which group a host belongs.</param>
/// <param name="everywhere">What guards groups without options of their own.</param>
/// <param name="byGroup">The options of groups that have their own.</param>
public sealed class GuardBook(IHostGroups hosts, GuardOptions everywhere, IReadOnlyDictionary<string, GuardOptions> byGroup)
{
    private readonly ConcurrentDictionary<string, GroupGuards> groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What guards groups without options of their own.</summary>
    public GuardOptions Everywhere => everywhere;

    /// <summary>The options of groups that have their own.</summary>
    public IReadOnlyDictionary<string, GuardOptions> ByGroup => byGroup;

    /// <summary>The guards of groups that have options of their own, or that messages have been about, by name.</summary>
    public IReadOnlyList<GroupGuards> Snapshot() =>
        [.. byGroup.Keys.Concat(groups.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).Select(Of)];

    /// <summary>What guards a host.</summary>
    public GroupGuards OfHost(string host) => Of(hosts.GroupOf(host));

    /// <summary>What guards a group.</summary>
    public GroupGuards Of(string group) => groups.TryGetValue(group, out var known)
        ? known
        : groups.GetOrAdd(group, name => GroupGuards.Of(name, byGroup.FirstOrDefault(own => own.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? everywhere));
}
