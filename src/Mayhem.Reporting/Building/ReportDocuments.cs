using Mayhem.Redaction;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Building;

/// <summary>
/// Makes the document of a report: everything as bounded, redacted text, so that nothing of the live failure is needed any more.
/// Values are read here, so the sooner after the failure the better.
/// </summary>
/// <param name="process">Reads the state of the process.</param>
public sealed class ReportDocuments(ProcessState process)
{
    // Characters of values: the whole of a report stays below about 256 KB.
    private const int MostOfValues = 128 * 1024;

    /// <summary>The document. A part that cannot be read is left out, and the domain data say so under <c>incomplete</c>.</summary>
    /// <param name="report">The failure.</param>
    /// <param name="unreported">How many failures of its fingerprint were counted and not told since the last report of it.</param>
    public ReportDocument Of(ExceptionReport report, int unreported)
    {
        ArgumentNullException.ThrowIfNull(report);
        var parts = new Parts();
        return new ReportDocument
        {
            Id = report.Id,
            At = report.At,
            Kind = report.Kind,
            Class = report.Class,
            Fingerprint = report.Fingerprint,
            Unreported = unreported,
            OperationId = report.OperationId is { } operation ? Shorten.Text(Redactor.Text(operation), 128) : null,
            Exceptions = ReportedChain.Of(report.Exception, parts, new Budget(MostOfValues)),
            History = parts.Read("history", () => ReportedPast.History(report), []),
            Breadcrumbs = parts.Read("breadcrumbs", () => ReportedPast.Breadcrumbs(report.Trail), []),
            Process = parts.Read<ReportedProcess?>("process", process.Read, null),
            Domain = ReportedDomain.Of(report.Domain, parts.Problems),
        };
    }
}
