using System.Globalization;
using System.Text;
using Mayhem.Reporting.Document;
using Mayhem.Reports;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting.Dispatch;

/// <summary>Writes one structured line for each report, at the level of its kind; with the frames where a person has to look.</summary>
internal sealed class ReportLog(ILogger logger)
{
    /// <summary>Writes the line.</summary>
    public void Write(ReportDocument report)
    {
        var (level, what) = report.Kind switch
        {
            ReportKind.Retry => (LogLevel.Warning, "The message is tried again."),
            ReportKind.Tolerated => (LogLevel.Warning, "The message goes on without it."),
            ReportKind.Final => (LogLevel.Error, "The message was dead-lettered."),
            ReportKind.ProcessFatal => (LogLevel.Critical, "This process ends."),
            _ => (LogLevel.Error, ""),
        };
        if (!logger.IsEnabled(level))
            return;
        var outermost = report.Exceptions[0];
        var unreported = Unreported(report);
        var domain = string.Join(", ", report.Domain.Select(pair => $"{pair.Key}={pair.Value}"));
        var traceback = level == LogLevel.Warning ? "" : Traceback(report);
        if (report.Kind == ReportKind.Unhandled)
            Log.ReportOfUnhandled(logger, report.Id, report.Class, outermost.Type, outermost.Message, unreported, report.Fingerprint, domain, traceback);
        else
            Log.Report(logger, level, report.Id, report.Class, outermost.Type, outermost.Message, what, unreported, report.Fingerprint, domain, traceback);
    }

    private static string Unreported(ReportDocument report) =>
        report.Unreported == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {report.Unreported} like it came before and were not told.");

    private static string Traceback(ReportDocument report)
    {
        var text = new StringBuilder();
        foreach (var exception in report.Exceptions)
        {
            text.AppendLine().Append(exception.InnerOf is null ? "" : "inside: ").Append(exception.Type).Append(": ").Append(exception.Message);
            foreach (var frame in exception.Frames)
            {
                text.AppendLine().Append("   at ").Append(frame.Method);
                if (frame.File is not null)
                    text.Append(CultureInfo.InvariantCulture, $" in {frame.File}:line {frame.Line}");
            }
        }

        return text.ToString();
    }
}
