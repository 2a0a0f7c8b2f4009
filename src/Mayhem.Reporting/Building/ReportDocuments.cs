using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Building;

/// <summary>Makes the document of a report: everything as bounded, redacted text, so that nothing of the live failure is needed any more.</summary>
/// <param name="process">Reads the state of the process.</param>
public sealed class ReportDocuments(ProcessState process)
{
    /// <summary>The document. A part that cannot be read is left out, never the report.</summary>
    /// <param name="report">The failure.</param>
    /// <param name="unreported">How many failures of its fingerprint were counted and not told since the last report of it.</param>
    public ReportDocument Of(ExceptionReport report, int unreported)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new ReportDocument
        {
            Id = report.Id,
            At = report.At,
            Kind = report.Kind,
            Class = report.Class,
            Fingerprint = report.Fingerprint,
            Unreported = unreported,
            OperationId = report.OperationId,
            Exceptions = ReportedChain.Of(report.Exception),
            Domain = report.Domain,
            Process = process.Read(),
        };
    }
}
