using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Sinks;

/// <summary>Tells which reports a sink gets.</summary>
public static class ReportFilters
{
    /// <summary>Reports of certain kinds.</summary>
    /// <param name="kinds">A valid list, as <c>Final, Unhandled</c>.</param>
    public static Func<ReportDocument, bool> OfKinds(string kinds)
    {
        var wanted = ReportKinds.Parse(kinds);
        return report => wanted.Contains(report.Kind);
    }

    /// <summary>Reports of certain kinds, and one of each fingerprint in an interval.</summary>
    /// <param name="kinds">A valid list.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="timeProvider">The clock.</param>
    public static Func<ReportDocument, bool> OfKinds(string kinds, TimeSpan interval, TimeProvider timeProvider)
    {
        var wanted = OfKinds(kinds);
        var seldom = new OncePerInterval(interval, timeProvider);
        return report => wanted(report) && seldom.Passes(report.Fingerprint);
    }
}
