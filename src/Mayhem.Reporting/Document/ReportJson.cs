using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayhem.Reporting.Document;

/// <summary>Reports as JSON, by the published schema.</summary>
public static class ReportJson
{
    /// <summary>The report as UTF-8.</summary>
    public static byte[] Write(ReportDocument report) => JsonSerializer.SerializeToUtf8Bytes(report, ReportJsonContext.Default.ReportDocument);

    /// <summary>Reads a report.</summary>
    /// <exception cref="JsonException">It is no report, or one of a version that this program does not know.</exception>
    public static ReportDocument Read(ReadOnlySpan<byte> utf8)
    {
        var report = JsonSerializer.Deserialize(utf8, ReportJsonContext.Default.ReportDocument) ?? throw new JsonException("The report is null.");
        return report.Version == ReportDocument.CurrentVersion
            ? report
            : throw new JsonException($"The report is of version {report.Version}; this program reads version {ReportDocument.CurrentVersion}.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
