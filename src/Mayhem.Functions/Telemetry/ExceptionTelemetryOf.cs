using System.Globalization;
using Mayhem.Reports;
using Microsoft.ApplicationInsights.DataContracts;

namespace Mayhem.Functions.Telemetry;

/// <summary>Translates a report into what Application Insights stores, within its limits.</summary>
public static class ExceptionTelemetryOf
{
    private const int LongestName = 150;
    private const int LongestValue = 8192;

    /// <summary>One exception with its whole chain. Domain data become properties, and numbers among them measurements as well.</summary>
    public static ExceptionTelemetry Report(ExceptionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var telemetry = new ExceptionTelemetry(report.Exception)
        {
            Timestamp = report.At,
            SeverityLevel = SeverityOf(report.Kind),
            ProblemId = report.Fingerprint,
        };
        if (report.OperationId is { } operation)
            telemetry.Context.Operation.Id = operation;
        foreach (var (name, value) in report.Domain)
            Add(telemetry, name, value);
        Add(telemetry, "reportId", report.Id);
        Add(telemetry, "kind", report.Kind.ToString());
        Add(telemetry, "class", report.Class.ToString());
        Add(telemetry, "fingerprint", report.Fingerprint);
        return telemetry;
    }

    private static SeverityLevel SeverityOf(ReportKind kind) => kind switch
    {
        ReportKind.Retry or ReportKind.Tolerated => SeverityLevel.Warning,
        ReportKind.ProcessFatal => SeverityLevel.Critical,
        _ => SeverityLevel.Error,
    };

    private static void Add(ExceptionTelemetry telemetry, string name, string value)
    {
        var key = Cut(name, LongestName);
        telemetry.Properties[key] = Cut(value, LongestValue);
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            telemetry.Metrics[key] = number;
    }

    private static string Cut(string text, int limit) => text.Length <= limit ? text : string.Concat(text.AsSpan(0, limit - 1), "…");
}
