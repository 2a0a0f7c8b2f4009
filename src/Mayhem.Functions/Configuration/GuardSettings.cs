using Mayhem.Breakers;
using Mayhem.Guards;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>The guards under <c>Mayhem:Guards</c>: for all groups, and over that under <c>Mayhem:Guards:Groups</c> for some.</summary>
public sealed class GuardSettings
{
    /// <summary>The section.</summary>
    public const string Section = "Mayhem:Guards";

    /// <summary>The section of the groups that have guards of their own.</summary>
    public const string GroupsSection = $"{Section}:Groups";

    private readonly List<string> problems = [];

    /// <summary>What guards groups without options of their own.</summary>
    public GuardOptions Everywhere { get; } = new();

    /// <summary>The options of groups that have their own, with those for all groups below them.</summary>
    public IReadOnlyDictionary<string, GuardOptions> ByGroup { get; private set; } = new Dictionary<string, GuardOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the guards; what is wrong with them is told by <see cref="Problems"/>.</summary>
    /// <param name="configuration">The app's configuration.</param>
    /// <param name="groups">The groups of <c>Mayhem:Groups</c>.</param>
    /// <param name="inventory">The inventory; null if there is none.</param>
    public static GuardSettings From(IConfiguration configuration, GroupSettings groups, HostInventory? inventory)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(groups);
        var settings = new GuardSettings();
        settings.problems.AddRange(SettingsReader.Read(configuration.GetSection(Section), settings.Everywhere, "Groups"));
        settings.problems.AddRange(settings.Everywhere.Errors(Section));
        var byGroup = new Dictionary<string, GuardOptions>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in configuration.GetSection(GroupsSection).GetChildren())
        {
            var options = byGroup[section.Key] = settings.Everywhere.Copy();
            if (!string.IsNullOrEmpty(section.Value))
                settings.problems.Add($"{section.Path} holds the guards of a group and has no value of its own, as '{section.Value}'.");
            settings.problems.AddRange(SettingsReader.Read(section, options));
            // What is wrong for all groups is told once.
            settings.problems.AddRange(options.Errors(section.Path).Except(settings.Everywhere.Errors(section.Path), StringComparer.Ordinal));
        }

        settings.ByGroup = byGroup;
        settings.problems.AddRange(Strangers(byGroup.Keys, groups, inventory));
        return settings;
    }

    /// <summary>What is wrong with the guards, one sentence each that names the key.</summary>
    public IEnumerable<string> Problems() => problems;

    // A typing error would leave a group without its guards. Where no groups are named, the hosts of a local fleet are groups.
    private static IEnumerable<string> Strangers(IEnumerable<string> guarded, GroupSettings groups, HostInventory? inventory)
    {
        var hasFleetGroups = inventory is null ? groups.Patterns.Count == 0 : inventory.Entries.Any(entry => entry is { Kind: TargetKind.Process, HasOwnGroup: false });
        if (hasFleetGroups)
            return [];
        string[] known = [.. groups.Patterns.Keys, .. inventory?.Entries.Select(entry => entry.Group) ?? [], HostGroups.Default];
        return guarded.Except(known, StringComparer.OrdinalIgnoreCase)
            .Select(group => $"{GroupsSection}:{group} is no group; there are {string.Join(", ", known.Distinct(StringComparer.OrdinalIgnoreCase))}.");
    }
}
