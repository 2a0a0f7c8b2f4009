using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Fitting;

/// <summary>Makes reports smaller for places with a limit, by leaving out what matters least.</summary>
public static class ReportFitting
{
    /// <summary>
    /// The report as it is if it fits. Otherwise without the frames of libraries that are farthest from the failure, then old log lines, the values of our
    /// own far frames, these frames, and at last the ends of long texts; as few of them as will do. <c>leftOut</c> among the domain data says what is missing.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="measure">The size of a report in the place it goes to.</param>
    /// <param name="limit">The largest size.</param>
    public static ReportDocument Fit(ReportDocument report, Func<ReportDocument, int> measure, int limit)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(measure);
        var excess = measure(report) - limit;
        if (excess <= 0)
            return report;
        var draft = new ReportDraft(report);
        var cuts = new Queue<Cut>(Cuts.Of(report));
        while (excess > 0 && cuts.Count > 0)
        {
            // Savings are guessed high, so that not too much is left out. What is still too large is measured again.
            for (long saved = 0; saved < excess && cuts.TryDequeue(out var cut);)
            {
                cut.Apply(draft);
                saved += cut.Bytes;
            }

            excess = measure(draft.ToDocument()) - limit;
        }

        return draft.ToDocument();
    }
}
