using Mayhem.Breakers;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>The groups of hosts under <c>Mayhem:Groups</c>: by name, patterns of host names.</summary>
public sealed class GroupSettings
{
    /// <summary>The section.</summary>
    public const string Section = "Mayhem:Groups";

    private string[] misplaced = [];

    /// <summary>The patterns of each group, separated by ';'.</summary>
    public IReadOnlyDictionary<string, string> Patterns { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads the groups; what is wrong with them is told by <see cref="Problems"/>. Blank ones count as left out.</summary>
    public static GroupSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var entries = configuration.GetSection(Section).GetChildren().ToList();
        return new GroupSettings
        {
            Patterns = entries.Where(entry => !string.IsNullOrWhiteSpace(entry.Value)).ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.OrdinalIgnoreCase),
            misplaced = [.. entries.SelectMany(entry => entry.GetChildren()).Select(below => $"{below.Path} is not a setting; a group has one value, its patterns separated by ';'.")],
        };
    }

    /// <summary>What is wrong with the groups, one sentence each that names the key.</summary>
    public IEnumerable<string> Problems() => [.. misplaced, .. HostGroups.Problems(Patterns)];
}
