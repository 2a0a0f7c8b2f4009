using System.Globalization;
using Mayhem.Diagnosis;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Targets.Inventory;

/// <summary>A section of the inventory. Reads values, and notes what is wrong with them, each time with the key.</summary>
/// <param name="section">The section.</param>
/// <param name="source">Goes before keys in messages, as <c>Mayhem:Inventory:</c> or <c>inventory.json: </c>.</param>
/// <param name="problems">Where to note what is wrong.</param>
internal sealed class InventorySection(IConfiguration section, string source, ICollection<string> problems)
{
    /// <summary>The full name of a key, for messages.</summary>
    public string KeyOf(string name) => source + (section is IConfigurationSection inner ? $"{inner.Path}:{name}" : name);

    /// <summary>A part of this section; null if it is not there.</summary>
    public InventorySection? Part(string name) => section.GetSection(name) is var part && part.GetChildren().Any() ? new InventorySection(part, source, problems) : null;

    /// <summary>The parts of this section, by name.</summary>
    public IEnumerable<(string Name, InventorySection Section)> Parts() => section.GetChildren().Select(child => (child.Key, new InventorySection(child, source, problems)));

    /// <summary>Notes a problem with a key.</summary>
    public void Reject(string name, string what) => problems.Add($"{KeyOf(name)} {what}");

    /// <summary>Notes every key that is not one of these.</summary>
    public void AllowOnly(string of, params string[] names)
    {
        foreach (var entry in section.GetChildren().Where(entry => !names.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var remedy = NearestName.Of(entry.Key, names) is { } nearest ? $"did you mean {nearest}?" : $"there are {string.Join(", ", names)}.";
            Reject(entry.Key, $"is not a setting of {of}; {remedy}");
        }
    }

    /// <summary>A text; null if it is not there.</summary>
    public string? Text(string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>A text that must be there; empty if it is not.</summary>
    public string Required(string name, string what)
    {
        if (Text(name) is { } text)
            return text;
        Reject(name, $"is missing: give {what}.");
        return "";
    }

    /// <summary>A time within bounds; the default if it is not there or wrong.</summary>
    public TimeSpan Time(string name, TimeSpan byDefault, TimeSpan least, TimeSpan most)
    {
        if (Text(name) is not { } text)
            return byDefault;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most)
            return time;
        Reject(name, $"is '{text}'; give a time from {least:c} to {most:c}, as 00:00:30 for thirty seconds.");
        return byDefault;
    }

    /// <summary>Patterns of host names: a list, or one text with semicolons between them. What is no pattern is noted.</summary>
    public IReadOnlyList<HostPattern> Patterns(string name)
    {
        var texts = Text(name) is { } joined
            ? joined.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : section.GetSection(name).GetChildren().Select(child => child.Value ?? "");
        var patterns = new List<HostPattern>();
        foreach (var text in texts)
        {
            if (HostPattern.Parse(text) is { } pattern)
                patterns.Add(pattern);
            else
                Reject(name, $"holds '{text}'; a pattern has letters, digits, hyphens, dots, underscores, and * and ? as wildcards.");
        }
        return patterns;
    }
}
