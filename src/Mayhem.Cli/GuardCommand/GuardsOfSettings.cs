using Mayhem.Breakers;
using Mayhem.Functions.Configuration;
using Mayhem.Guards;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.GuardCommand;

/// <summary>The guards that settings ask for, as a start would have them.</summary>
internal static class GuardsOfSettings
{
    /// <summary>The guards of all groups.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="settings">The same, as they were read.</param>
    public static GuardBook Of(IConfiguration configuration, MayhemSettings settings) =>
        new(Groups(configuration, settings), settings.Guards.Everywhere, settings.Guards.ByGroup);

    private static IHostGroups Groups(IConfiguration configuration, MayhemSettings settings)
    {
        if (settings.Inventory is { } inventory)
            return new InventoryGroups(inventory, new EachHost());
        var groups = GroupSettings.From(configuration);
        return groups.Patterns.Count > 0 ? new HostGroups(groups.Patterns) : new EachHost();
    }

    /// <summary>As in <c>mayhem up</c> without groups.</summary>
    private sealed class EachHost : IHostGroups
    {
        public string GroupOf(string host) => host;
    }
}
