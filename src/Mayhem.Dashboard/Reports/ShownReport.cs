using Mayhem.Reporting.Document;

namespace Mayhem.Dashboard.Reports;

/// <summary>A report as it is shown: without any value of a variable where none may be seen.</summary>
/// <param name="Report">The report.</param>
/// <param name="ShowsValues">False if values were taken out.</param>
internal sealed record ShownReport(ReportDocument Report, bool ShowsValues)
{
    private const string Hidden = "(hidden)";

    /// <summary>The report for a page that may or may not show values.</summary>
    public static ShownReport Of(ReportDocument report, bool showValues) =>
        new(showValues ? report : report with { Exceptions = [.. report.Exceptions.Select(Without)] }, showValues);

    private static ReportedException Without(ReportedException exception) => exception with
    {
        Properties = Without(exception.Properties),
        Frames = [.. exception.Frames.Select(frame => frame with { Arguments = Without(frame.Arguments), Locals = Without(frame.Locals) })],
    };

    private static IReadOnlyList<ReportedValue> Without(IReadOnlyList<ReportedValue> values) => [.. values.Select(value => value with { Value = Hidden })];
}
