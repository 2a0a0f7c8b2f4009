using Mayhem.Failures;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting;

/// <summary>Every log text of the reports.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 5000, Message = "Report {ReportId} ({Class}): {Type}: {Text} {What}{Unreported} Fingerprint {Fingerprint}; {Domain}{Traceback}")]
    public static partial void Report(
        ILogger logger, LogLevel level, string reportId, FailureClass @class, string type, string text, string what, string unreported, string fingerprint, string domain, string traceback);

    [LoggerMessage(5001, LogLevel.Error, "Report {ReportId} ({Class}): {Type}: {Text} Nobody caught this.{Unreported} Fingerprint {Fingerprint}; {Domain}{Traceback}")]
    public static partial void ReportOfUnhandled(
        ILogger logger, string reportId, FailureClass @class, string type, string text, string unreported, string fingerprint, string domain, string traceback);

    [LoggerMessage(5002, LogLevel.Error, "Report {ReportId}, the last of {Unreported} more that were withheld, could not be made.")]
    public static partial void WithheldReportFailed(ILogger logger, string reportId, int unreported, Exception failure);

    [LoggerMessage(5100, LogLevel.Warning, "Reports do not reach {Sink}; they {Fate} until it works again.")]
    public static partial void SinkFailed(ILogger logger, string sink, string fate, Exception failure);

    [LoggerMessage(5101, LogLevel.Information, "Reports reach {Sink} again; {Spooled} are left in the spool and follow now.")]
    public static partial void SinkWorksAgain(ILogger logger, string sink, int spooled);

    [LoggerMessage(5102, LogLevel.Warning, "{Sink} refuses report {ReportId} for good: {Why}")]
    public static partial void ReportRefused(ILogger logger, string sink, string reportId, string why);

    [LoggerMessage(5110, LogLevel.Warning, "The spool in '{Folder}' cannot be used; reports that do not reach their sink are lost.")]
    public static partial void SpoolFailed(ILogger logger, string folder, Exception failure);

    [LoggerMessage(5111, LogLevel.Warning, "The spool in '{Folder}' holds '{ReportId}.json', which cannot be read. It stays until its turn comes to make room.")]
    public static partial void SpooledReportUnreadable(ILogger logger, string folder, string reportId, Exception failure);
}
