using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Diagnosis;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>What a finding looks like to scripts: a public format.</summary>
internal static class FindingLine
{
    private static readonly FindingJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter<Severity>(JsonNamingPolicy.CamelCase) },
        // The text is for a terminal or a file, not for a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The finding as JSON: severity (<c>note</c>, <c>warning</c>, <c>error</c>), code, key, message, remedy.</summary>
    public static string ToJson(Finding finding) => JsonSerializer.Serialize(finding, Json.Finding);
}

/// <summary>How a finding is written as JSON.</summary>
[JsonSerializable(typeof(Finding))]
internal sealed partial class FindingJson : JsonSerializerContext;
