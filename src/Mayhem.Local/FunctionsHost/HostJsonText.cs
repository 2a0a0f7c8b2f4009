using System.Text.Json;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Turns the text of <c>host.json</c> into flat keys, as the real host does before it binds anything.</summary>
internal static class HostJsonText
{
    private static readonly JsonDocumentOptions AsTheRealHost = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The values by path (<c>extensions:serviceBus:prefetchCount</c>). An object or array is listed under its own path as well, with the value null.</summary>
    public static Dictionary<string, string?> Flatten(string json)
    {
        var flat = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var document = JsonDocument.Parse(json, AsTheRealHost);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new HostConfigurationException("host.json: the file must hold one JSON object, such as { \"version\": \"2.0\" }.");
            Add(flat, "", document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new HostConfigurationException($"host.json is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}. {broken.Message}", broken);
        }

        return flat;
    }

    private static void Add(Dictionary<string, string?> flat, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                flat[path] = null;
                foreach (var property in element.EnumerateObject())
                    Add(flat, Below(path, property.Name), property.Value);
                break;
            case JsonValueKind.Array:
                flat[path] = null;
                foreach (var (index, item) in element.EnumerateArray().Index())
                    Add(flat, Below(path, $"{index}"), item);
                break;
            case JsonValueKind.Null:
                break;
            default:
                flat[path] = element.ToString();
                break;
        }
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";
}
