using Mayhem.Reporting.Building;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Sinks;
using Mayhem.Reporting.Thinning;
using Mayhem.Reports;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting.Dispatch;

/// <summary>
/// Takes every failure: thins storms, makes the document at once, for the values of the failure change later, writes the log line, and hands the document
/// to each sink by a queue of its own. Takes microseconds, and never waits for a sink.
/// </summary>
public sealed class ReportDispatcher : IExceptionReporter, IAsyncDisposable
{
    private static readonly TimeSpan TellWithheldEvery = TimeSpan.FromSeconds(5);

    private readonly ReportDocuments documents;
    private readonly StormThinning thinning;
    private readonly ReportLog log;
    private readonly ILogger logger;
    private readonly Outlet[] outlets;
    private readonly ITimer withheldTimer;

    /// <summary>Starts a worker for each sink. Reports that earlier processes could not send are sent from now on.</summary>
    /// <param name="sinks">The sinks, each with its options.</param>
    /// <param name="documents">Makes documents.</param>
    /// <param name="thinning">Tells which failures are told.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="random">Numbers from 0 to 1, for pauses. Asked by many threads.</param>
    /// <param name="logger">Hears of every report, and of sinks that fail.</param>
    public ReportDispatcher(
        IEnumerable<(IReportSink Sink, OutletOptions Options)> sinks,
        ReportDocuments documents,
        StormThinning thinning,
        TimeProvider timeProvider,
        Func<double> random,
        ILogger<ReportDispatcher> logger)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        ArgumentNullException.ThrowIfNull(timeProvider);
        this.documents = documents;
        this.thinning = thinning;
        this.logger = logger;
        log = new ReportLog(logger);
        outlets = [.. sinks.Select(sink => new Outlet(sink.Sink, sink.Options, timeProvider, random, logger))];
        withheldTimer = timeProvider.CreateTimer(_ => TellWithheld(all: false), state: null, TellWithheldEvery, TellWithheldEvery);
    }

    /// <summary>What became of the reports, by sink.</summary>
    public IReadOnlyList<SinkCounts> Counts => [.. outlets.Select(outlet => outlet.Counts)];

    /// <inheritdoc />
    public void Report(ExceptionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (thinning.ShouldTell(report, out var unreported))
            Tell(report, unreported);
    }

    /// <summary>
    /// Tells what was withheld of storms, and waits until nothing is left in memory. When the token is cancelled, what is left goes to the spools unsent.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        TellWithheld(all: true);
        await Task.WhenAll(outlets.Select(outlet => outlet.FlushAsync(cancellationToken)));
    }

    /// <summary>Ends the workers. What they have not sent goes to the spools.</summary>
    public async ValueTask DisposeAsync()
    {
        await withheldTimer.DisposeAsync();
        TellWithheld(all: true);
        foreach (var outlet in outlets)
            await outlet.DisposeAsync();
    }

    private void Tell(ExceptionReport report, int unreported)
    {
        var document = documents.Of(report, unreported);
        foreach (var outlet in outlets)
            outlet.Offer(document);
        log.Write(document);
    }

    private void TellWithheld(bool all)
    {
        foreach (var withheld in thinning.TakeWithheld(all))
        {
            try
            {
                Tell(withheld.Report, withheld.Unreported);
            }
            catch (Exception error)
            {
                Log.WithheldReportFailed(logger, withheld.Report.Id, withheld.Unreported, error);
            }
        }
    }
}
