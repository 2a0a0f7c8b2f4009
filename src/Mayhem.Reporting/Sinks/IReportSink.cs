using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Sinks;

/// <summary>
/// Somewhere reports go. Sinks are exchangeable and isolated: each has a queue and a time limit of its own, and one that throws or hangs
/// costs neither a message nor another sink anything.
/// </summary>
public interface IReportSink
{
    /// <summary>The name in settings and log lines, such as <c>webhook</c>.</summary>
    string Name { get; }

    /// <summary>Sends one report. Throws if it did not arrive.</summary>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Cancelled at the end of the sink's time limit.</param>
    Task SendAsync(ReportDocument report, CancellationToken cancellationToken);
}
