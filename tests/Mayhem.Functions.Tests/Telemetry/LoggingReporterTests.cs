using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Reports;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Tests.Telemetry;

public class LoggingReporterTests
{
    [Theory]
    [InlineData(ReportKind.Retry, LogLevel.Warning, false)]
    [InlineData(ReportKind.Tolerated, LogLevel.Warning, false)]
    [InlineData(ReportKind.Final, LogLevel.Error, true)]
    [InlineData(ReportKind.Unhandled, LogLevel.Error, true)]
    [InlineData(ReportKind.ProcessFatal, LogLevel.Critical, true)]
    public void Report_OfAKind_IsOneLineAtItsLevel_WithATracebackWhereSomebodyMustLook(ReportKind kind, LogLevel level, bool traceback)
    {
        var logger = new RecordingLogger<LoggingReporter>();

        new LoggingReporter(logger).Report(SomeReport.Of(kind, ("host", "cattle-0001")));

        var entry = Assert.Single(logger.Entries);
        Assert.Equal(level, entry.Level);
        Assert.Equal(traceback, entry.Exception is not null);
        Assert.Contains("0198", entry.Text, StringComparison.Ordinal);
        Assert.Contains("host=cattle-0001", entry.Text, StringComparison.Ordinal);
    }
}
