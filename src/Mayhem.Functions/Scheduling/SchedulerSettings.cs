using System.Globalization;
using Mayhem.Functions.Configuration;
using Mayhem.Scheduling;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Scheduling;

/// <summary>The settings under <c>Mayhem:Scheduler</c>: the options, and a mean time for single groups.</summary>
public sealed class SchedulerSettings
{
    /// <summary>The section of the groups' mean times.</summary>
    public const string GroupsSection = SchedulerOptions.Section + ":Groups";

    private readonly Dictionary<string, TimeSpan> means = new(StringComparer.OrdinalIgnoreCase);
    private List<string> unreadable = [];

    /// <summary>The options.</summary>
    public SchedulerOptions Options { get; } = new();

    /// <summary>Reads the settings; what is wrong with them is told by <see cref="Problems"/>.</summary>
    public static SchedulerSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = new SchedulerSettings();
        settings.unreadable = [.. SettingsReader.Read(configuration.GetSection(SchedulerOptions.Section), settings.Options, "Groups")];
        foreach (var group in configuration.GetSection(GroupsSection).GetChildren())
            settings.Read(group);
        return settings;
    }

    /// <summary>What is wrong with the values, one sentence each that names the key.</summary>
    /// <param name="hasHosts">True if the program has hosts at hand.</param>
    /// <param name="inventory">The inventory; null if there is none.</param>
    public IEnumerable<string> Problems(bool hasHosts, HostInventory? inventory)
    {
        foreach (var problem in unreadable.Concat(Options.Errors()))
            yield return problem;
        if (Options.Enabled && !hasHosts && Hosts([], inventory).Count == 0)
            yield return $"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Enabled)} is true, but there are no hosts to choose from: name some that are opted in in {SchedulerOptions.Section}:{nameof(SchedulerOptions.Hosts)}.";
    }

    /// <summary>The hosts to choose from, as far as they are opted in.</summary>
    /// <param name="atHand">Those that the program has.</param>
    /// <param name="inventory">The inventory; null if there is none.</param>
    public IReadOnlyList<string> Hosts(IReadOnlyList<string> atHand, HostInventory? inventory)
    {
        var named = Options.HostNames is { Count: > 0 } names ? names
            : atHand.Count > 0 ? atHand
            : inventory?.Entries.SelectMany(entry => entry.Hosts).Where(pattern => pattern.IsExact).Select(pattern => pattern.ToString()) ?? [];
        return [.. named.Where(host => inventory is null || inventory.Find(host) is InventoryAnswer.OptedIn)];
    }

    /// <summary>The mean time between two restarts in a group.</summary>
    public TimeSpan MeanOf(string group) => means.GetValueOrDefault(group, Options.Mean);

    private void Read(IConfigurationSection group)
    {
        if (string.IsNullOrWhiteSpace(group.Value))
        {
            if (group.GetChildren().Any())
                unreadable.Add($"{group.Path} has one value: the mean time between two restarts in the group, as 04:00:00.");
            return;
        }
        if (TimeSpan.TryParse(group.Value, CultureInfo.InvariantCulture, out var mean) && SchedulerOptions.IsMean(mean))
            means[group.Key] = mean;
        else
            unreadable.Add($"{group.Path} is '{group.Value}'; allowed is 00:01:00 to 365.00:00:00, the mean time between two restarts in the group.");
    }
}
