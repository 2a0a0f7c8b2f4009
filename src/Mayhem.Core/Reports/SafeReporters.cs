using Microsoft.Extensions.Logging;

namespace Mayhem.Reports;

/// <summary>Sends each report to several places. One that fails is logged next to the report and hurts neither the others nor the caller.</summary>
public sealed class SafeReporters(IEnumerable<IExceptionReporter> reporters, ILogger<SafeReporters> logger) : IExceptionReporter
{
    private readonly IExceptionReporter[] reporters = [.. reporters];

    /// <inheritdoc />
    public void Report(ExceptionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var reporter in reporters)
        {
            try
            {
                reporter.Report(report);
            }
            catch (Exception error)
            {
                Log.ReporterFailed(logger, new AggregateException(report.Exception, error), reporter.GetType().Name, report.Id);
            }
        }
    }

    /// <summary>Waits for all of them together, or until the token is cancelled, also for one that ignores the token. Never throws.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.WhenAll(reporters.Select(reporter => FlushAsync(reporter, cancellationToken)));

    private async Task FlushAsync(IExceptionReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(() => reporter.FlushAsync(cancellationToken), CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (Exception error)
        {
            Log.ReporterNotFlushed(logger, error, reporter.GetType().Name);
        }
    }
}
