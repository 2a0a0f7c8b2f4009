using System.Text.Json;

namespace Mayhem.Cli.Configuration;

/// <summary>Reads <c>local.settings.json</c>, the file in which Azure Functions keeps the settings of a developer's machine.</summary>
internal static class SettingsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "local.settings.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The settings under <c>Values</c>, with <c>__</c> in names turned to <c>:</c> as in environment variables.</summary>
    /// <exception cref="UsageException">The file cannot be read, is not JSON, or holds a value that is not text.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            return Values(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new UsageException($"{Name} is not JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {path}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Name} cannot be read: {error.Message}", error);
        }
    }

    private static Dictionary<string, string?> Values(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{Name} must hold a JSON object with \"Values\"");
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!root.TryGetProperty("Values", out var values))
            return settings;
        if (values.ValueKind != JsonValueKind.Object)
            throw new UsageException($"{Name}: \"Values\" must be an object of names and texts");
        foreach (var value in values.EnumerateObject())
            settings[value.Name.Replace("__", ":", StringComparison.Ordinal)] = Text(value);
        return settings;
    }

    private static string Text(JsonProperty value) => value.Value.ValueKind switch
    {
        JsonValueKind.String => value.Value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.Value.GetRawText(),
        _ => throw new UsageException($"{Name}: Values:{value.Name} must be a text; nested settings are written with two underscores, as in A__B"),
    };
}
