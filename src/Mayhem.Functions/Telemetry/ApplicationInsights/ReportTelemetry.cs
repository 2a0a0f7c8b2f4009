using Mayhem.Reporting.Document;
using Mayhem.Reports;
using Microsoft.ApplicationInsights.DataContracts;

namespace Mayhem.Functions.Telemetry.ApplicationInsights;

/// <summary>
/// Translates a report into what Application Insights stores. The portal's call stack shows the frames; their values are properties beside it:
/// <c>frame0</c> names the frame, <c>frame0.arguments</c> and <c>frame0.locals</c> hold a value a line. Frames of the n-th exception of the chain are <c>innerN.frame0</c>.
/// </summary>
internal static class ReportTelemetry
{
    private const int LongestMessage = 32_768;

    /// <summary>One exception with its whole chain.</summary>
    public static ExceptionTelemetry Of(ReportDocument report)
    {
        var properties = new TelemetryProperties();
        foreach (var (name, value) in report.Domain)
            properties.AddWithNumber(name, value);
        properties.AddFrames(report.Exceptions);
        properties.AddContext(report);
        var telemetry = new ExceptionTelemetry(
            [.. report.Exceptions.Select(Details)], SeverityOf(report.Kind), report.Fingerprint, properties.Texts, properties.Numbers)
        {
            Timestamp = report.At,
        };
        if (report.OperationId is { } operation)
            telemetry.Context.Operation.Id = operation;
        return telemetry;
    }

    private static ExceptionDetailsInfo Details(ReportedException exception, int index) => new(
        id: index + 1,
        outerId: exception.InnerOf + 1 ?? 0,
        exception.Type,
        TelemetryProperties.Cut(exception.Message, LongestMessage),
        hasFullStack: true,
        stack: "",
        [.. exception.Frames.Select((frame, level) => new StackFrame(frame.Assembly, frame.File, level, frame.Line, frame.Method))]);

    private static SeverityLevel SeverityOf(ReportKind kind) => kind switch
    {
        ReportKind.Retry or ReportKind.Tolerated => SeverityLevel.Warning,
        ReportKind.ProcessFatal => SeverityLevel.Critical,
        _ => SeverityLevel.Error,
    };
}
