using Mayhem.Breakers;
using Mayhem.Functions.Configuration;
using Mayhem.Local.Fleet;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Up;

/// <summary>Each host of the fleet is a process of its own, and so a group of its own: what one is asked to wait for does not concern the others.</summary>
internal sealed class FleetGroups : IHostGroups
{
    private readonly HashSet<string> names;

    private FleetGroups(IEnumerable<FleetHost> hosts) => names = hosts.Select(host => host.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The groups of a run: those of <c>Mayhem:Groups</c> if there are any.</summary>
    public static IHostGroups? For(IConfiguration configuration, IReadOnlyList<FleetHost> hosts) =>
        configuration.GetSection(GroupSettings.Section).GetChildren().Any() ? null : new FleetGroups(hosts);

    /// <inheritdoc />
    public string GroupOf(string host) => names.Contains(host) ? host : HostGroups.Default;
}
