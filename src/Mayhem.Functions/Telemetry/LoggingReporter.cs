using Mayhem.Reports;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Telemetry;

/// <summary>Writes one structured line for each report, at the level of its kind; the traceback where a person has to look.</summary>
public sealed class LoggingReporter(ILogger<LoggingReporter> logger) : IExceptionReporter
{
    /// <inheritdoc />
    public void Report(ExceptionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var domain = string.Join(", ", report.Domain.Select(pair => $"{pair.Key}={pair.Value}"));
        var type = report.Exception.GetType().FullName!;
        switch (report.Kind)
        {
            case ReportKind.Retry:
                Log.FailureRetried(logger, report.Id, type, report.Exception.Message, report.Fingerprint, domain);
                break;
            case ReportKind.Tolerated:
                Log.FailureTolerated(logger, report.Id, type, report.Exception.Message, report.Fingerprint, domain);
                break;
            case ReportKind.Final:
                Log.FailureFinal(logger, report.Exception, report.Id, report.Class, report.Fingerprint, domain);
                break;
            case ReportKind.ProcessFatal:
                Log.FailureProcessFatal(logger, report.Exception, report.Id, report.Fingerprint, domain);
                break;
            default:
                Log.FailureUnhandled(logger, report.Exception, report.Id, report.Fingerprint, domain);
                break;
        }
    }

    /// <summary>Log lines are written as they come.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
