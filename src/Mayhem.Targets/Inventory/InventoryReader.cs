using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Targets.Inventory;

/// <summary>Reads the inventory: the settings under <c>Mayhem:Inventory</c>, and the file that <c>Mayhem:InventoryFile</c> names. Both together count as one.</summary>
public static class InventoryReader
{
    /// <summary>The key of the inventory's own settings.</summary>
    public const string SectionKey = "Mayhem:Inventory";

    /// <summary>The key of the file's name.</summary>
    public const string FileKey = "Mayhem:InventoryFile";

    /// <summary>Reads it.</summary>
    /// <param name="configuration">The app's configuration.</param>
    /// <param name="folders">Where a file with a relative name is looked for, in this order; the current folder and the program's if null.</param>
    public static InventoryReading Read(IConfiguration configuration, IReadOnlyList<string>? folders = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var entries = new List<InventoryEntry>();
        var deny = new List<HostPattern>();
        var clouds = new HashSet<AzureCloud>();
        var isGiven = false;
        foreach (var section in Sections(configuration, folders ?? [Environment.CurrentDirectory, AppContext.BaseDirectory], problems))
        {
            isGiven = true;
            section.AllowOnly("the inventory", "targets", "deny", "cloud", "$schema");
            deny.AddRange(section.Patterns("deny"));
            clouds.Add(Cloud(section));
            foreach (var (name, target) in section.Part("targets")?.Parts() ?? [])
            {
                if (entries.Exists(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                    target.Reject("kind", $"is of a second target named '{name}': rename one of them.");
                else if (EntryReader.Read(name, target, configuration) is { } entry)
                    entries.Add(entry);
            }
        }

        if (isGiven && entries.Count == 0 && problems.Count == 0)
            problems.Add($"{SectionKey}:targets is missing: without targets no host can be restarted. Add one, or remove {SectionKey} and {FileKey}.");
        if (clouds.Count > 1)
            problems.Add($"{SectionKey}:cloud and the file's are different: leave one of them out.");
        return new InventoryReading(isGiven ? new HostInventory(entries, deny) : null, clouds.FirstOrDefault(), problems);
    }

    private static AzureCloud Cloud(InventorySection section)
    {
        if (section.Text("cloud") is not { } name)
            return AzureCloud.Public;
        if (Enum.TryParse<AzureCloud>(name, ignoreCase: true, out var cloud) && Enum.IsDefined(cloud) && !char.IsAsciiDigit(name[0]))
            return cloud;
        section.Reject("cloud", $"is '{name}'; give one of {string.Join(", ", Enum.GetNames<AzureCloud>())}.");
        return AzureCloud.Public;
    }

    private static IEnumerable<InventorySection> Sections(IConfiguration configuration, IReadOnlyList<string> folders, List<string> problems)
    {
        var settings = configuration.GetSection(SectionKey);
        if (settings.AsEnumerable().Any(setting => !string.IsNullOrWhiteSpace(setting.Value)))
            yield return new InventorySection(settings, "", problems);
        if (configuration[FileKey] is not { } name || string.IsNullOrWhiteSpace(name))
            yield break;
        var path = folders.Select(folder => Path.Combine(folder, name.Trim())).FirstOrDefault(File.Exists);
        if (path is null)
            problems.Add($"{FileKey} is '{name}', but there is no such file in {string.Join(" or ", folders.Distinct(StringComparer.Ordinal))}.");
        else if (Load(path, problems) is { } file)
            yield return new InventorySection(file, $"{Path.GetFileName(path)}: ", problems);
    }

    private static IConfigurationRoot? Load(string path, List<string> problems)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return new ConfigurationBuilder().AddJsonStream(stream).Build();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or JsonException or InvalidDataException)
        {
            problems.Add($"{FileKey} names {path}, which cannot be used: {(error.InnerException ?? error).Message}");
            return null;
        }
    }
}

/// <summary>An inventory as it was read.</summary>
/// <param name="Inventory">The inventory; null if none is configured. Not to be used if there are problems.</param>
/// <param name="Cloud">Where its machines in Azure are.</param>
/// <param name="Problems">Everything that is wrong, one sentence each that begins with the key.</param>
public sealed record InventoryReading(HostInventory? Inventory, AzureCloud Cloud, IReadOnlyList<string> Problems);

/// <summary>The clouds of Azure.</summary>
public enum AzureCloud
{
    /// <summary>The public one.</summary>
    Public,

    /// <summary>That of the US government.</summary>
    UsGovernment,

    /// <summary>That in China, operated by 21Vianet.</summary>
    China,
}
