using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Sinks;

/// <summary>A report in one line, for subjects and log lines.</summary>
internal static class ReportHeadline
{
    private const int Longest = 200;

    /// <summary>What happened, to which host, and why: one line of at most 200 characters.</summary>
    public static string Of(ReportDocument report)
    {
        var cause = report.Exceptions[0];
        var host = report.Domain.TryGetValue("host", out var name) ? $" {name}" : "";
        var line = $"{Word(report.Kind)}{host}: {cause.Type[(cause.Type.LastIndexOf('.') + 1)..]}: {cause.Message}".ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest - 1), "…");
    }

    private static string Word(ReportKind kind) => kind switch
    {
        ReportKind.Retry => "Retried",
        ReportKind.Final => "Dead-lettered",
        ReportKind.Tolerated => "Tolerated",
        ReportKind.ProcessFatal => "Process ended",
        _ => "Unhandled",
    };
}
