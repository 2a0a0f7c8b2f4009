using System.Text.Json;
using System.Text.Json.Serialization;
using Mayhem.Failures;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Cli.ReportsCommand;

/// <summary>What one report looks like in a list, to users and their scripts: a public format.</summary>
internal sealed record ReportLine(
    string Id,
    DateTimeOffset At,
    ReportKind Kind,
    FailureClass Class,
    string Type,
    string Message,
    string? Host,
    string? RequestId,
    string? Attempt,
    string Fingerprint,
    int Unreported)
{
    /// <summary>Takes from a report what is shown.</summary>
    public static ReportLine Of(ReportDocument report) => new(
        report.Id, report.At, report.Kind, report.Class, report.Exceptions[0].Type, report.Exceptions[0].Message,
        report.Domain.GetValueOrDefault("host"), report.Domain.GetValueOrDefault("requestId"), report.Domain.GetValueOrDefault("attempt"),
        report.Fingerprint, report.Unreported);

    /// <summary>The name of the type without its namespace.</summary>
    [JsonIgnore]
    public string ShortType => Type[(Type.LastIndexOf('.') + 1)..];

    /// <summary>The line as JSON: camelCase names and words, times in ISO 8601, null for what is not known.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportLinesJson.Default.ReportLine);
}

/// <summary>What the reports of one cause look like in a list: a public format.</summary>
/// <param name="Fingerprint">What they share.</param>
/// <param name="Reports">How many reports there are.</param>
/// <param name="Failures">How many failures they stand for.</param>
/// <param name="First">When the first was.</param>
/// <param name="Last">When the last was.</param>
/// <param name="Type">The type of the exception of the last.</param>
/// <param name="Message">Its message.</param>
/// <param name="LastId">The id of the last.</param>
internal sealed record CauseLine(string Fingerprint, int Reports, long Failures, DateTimeOffset First, DateTimeOffset Last, string Type, string Message, string LastId)
{
    /// <summary>Groups reports by cause, the most frequent first.</summary>
    /// <param name="newestFirst">The reports.</param>
    public static IReadOnlyList<CauseLine> Of(IEnumerable<ReportLine> newestFirst) =>
    [
        .. newestFirst.GroupBy(line => line.Fingerprint, StringComparer.Ordinal)
            .Select(cause => (Lines: cause.ToList(), cause.Key))
            .Select(cause => new CauseLine(
                cause.Key, cause.Lines.Count, cause.Lines.Sum(line => 1L + line.Unreported), cause.Lines[^1].At, cause.Lines[0].At, cause.Lines[0].Type,
                cause.Lines[0].Message, cause.Lines[0].Id))
            .OrderByDescending(cause => cause.Failures)
            .ThenBy(cause => cause.Fingerprint, StringComparer.Ordinal),
    ];

    /// <summary>The line as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportLinesJson.Default.CauseLine);
}

/// <summary>How lines about reports are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(KindConverter), typeof(ClassConverter)])]
[JsonSerializable(typeof(ReportLine))]
[JsonSerializable(typeof(CauseLine))]
internal sealed partial class ReportLinesJson : JsonSerializerContext;

/// <summary>Writes kinds as camelCase words.</summary>
internal sealed class KindConverter() : JsonStringEnumConverter<ReportKind>(JsonNamingPolicy.CamelCase);

/// <summary>Writes classes as camelCase words.</summary>
internal sealed class ClassConverter() : JsonStringEnumConverter<FailureClass>(JsonNamingPolicy.CamelCase);
