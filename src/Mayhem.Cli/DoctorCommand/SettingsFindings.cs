using Mayhem.Diagnosis;
using Mayhem.Functions.Configuration;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>MH0xx: what settings and host.json get wrong by themselves.</summary>
internal static class SettingsFindings
{
    /// <summary>A finding for each setting that would stop a start.</summary>
    public static IEnumerable<Finding> Of(IConfiguration configuration, IReadOnlyList<string> problems)
    {
        var unknown = KnownSettings.Unknown(configuration).ToList();
        foreach (var (key, known) in unknown)
        {
            yield return new Finding(Severity.Error, "MH004", key, $"{key} is not a setting, and the app does not start.",
                NearestName.Of(key, known) is { } nearest ? $"Did you mean {nearest}?" : $"Remove it, or give one of these: {string.Join(", ", known)}.");
        }
        var inventory = Path.GetFileName(configuration[InventoryReader.FileKey] ?? "");
        var inFile = problems.Where(problem => inventory.Length > 0 && problem.StartsWith(inventory + ": ", StringComparison.Ordinal)).ToList();
        foreach (var finding in inFile.Select(problem => new Finding(Severity.Error, "MH006", $"{inventory}: {problem.Split(' ')[1]}", problem, $"Correct it in {inventory}.")))
            yield return finding;
        foreach (var problem in problems.Except(inFile, StringComparer.Ordinal).Where(problem => !unknown.Exists(setting => IsAbout(problem, setting.Key))))
        {
            yield return new Finding(Severity.Error, "MH001", problem.Split(' ')[0].TrimEnd(':'), problem,
                "Correct it in local.settings.json or the environment (__ for :), or in the app settings in Azure.");
        }
    }

    /// <summary>A finding for each problem of a file that cannot be used.</summary>
    public static IEnumerable<Finding> OfFile(string code, Severity severity, string file, IEnumerable<string> problems) => problems.Select(problem =>
        new Finding(severity, code, KeyIn(file, problem), problem, $"Correct it in {file}, or in the setting that overrides it."));

    // A start names the section where the whole section is unknown.
    private static bool IsAbout(string problem, string key) =>
        problem.IndexOf(" is not a setting", StringComparison.Ordinal) is > 0 and var end && $"{key}:".StartsWith($"{problem[..end]}:", StringComparison.OrdinalIgnoreCase);

    // The sentences begin "host.json: key …" or "The setting KEY …"; the rest is about the file as a whole.
    private static string KeyIn(string file, string problem) => problem.Split(' ') switch
    {
        [var name, var key and not "there", "is", ..] when name == file + ":" => $"{file}: {key}",
        ["The", "setting", var key, ..] => key,
        _ => file,
    };
}
