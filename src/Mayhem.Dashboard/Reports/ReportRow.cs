using Mayhem.Failures;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Dashboard.Reports;

/// <summary>What one report looks like in a list.</summary>
internal sealed record ReportRow(
    string Id, DateTimeOffset At, ReportKind Kind, FailureClass Class, string Type, string Message, string? Host, string? Group, string? RequestId, string? Attempt, string Fingerprint, int Unreported)
{
    private const int LongestMessage = 300;

    /// <summary>Takes from a report what is shown.</summary>
    public static ReportRow Of(ReportDocument report)
    {
        var cause = report.Exceptions[0];
        return new ReportRow(
            report.Id, report.At, report.Kind, report.Class, string.Intern(cause.Type), Short(cause.Message), Domain("host"), Domain("group"), Domain("requestId"), Domain("attempt"),
            string.Intern(report.Fingerprint), report.Unreported);

        string? Domain(string name) => report.Domain.GetValueOrDefault(name);
    }

    /// <summary>How many failures it stands for.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Failures => 1L + Unreported;

    private static string Short(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");
}

/// <summary>The reports of one cause.</summary>
/// <param name="Fingerprint">What they share.</param>
/// <param name="Reports">How many there are.</param>
/// <param name="Failures">How many failures they stand for.</param>
/// <param name="Hosts">How many hosts they are about.</param>
/// <param name="First">When the first was.</param>
/// <param name="Last">The last.</param>
internal sealed record ReportCause(string Fingerprint, int Reports, long Failures, int Hosts, DateTimeOffset First, ReportRow Last)
{
    /// <summary>Groups rows by cause, the most frequent first.</summary>
    /// <param name="newestFirst">The rows.</param>
    public static IReadOnlyList<ReportCause> Of(IEnumerable<ReportRow> newestFirst) =>
    [
        .. newestFirst.GroupBy(row => row.Fingerprint, StringComparer.Ordinal).Select(rows => rows.ToList())
            .Select(rows => new ReportCause(
                rows[0].Fingerprint, rows.Count, rows.Sum(row => row.Failures), rows.Select(row => row.Host).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count(),
                rows[^1].At, rows[0]))
            .OrderByDescending(cause => cause.Failures).ThenBy(cause => cause.Fingerprint, StringComparer.Ordinal),
    ];
}
