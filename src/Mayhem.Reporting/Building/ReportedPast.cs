using Mayhem.Recovery;
using Mayhem.Redaction;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Building;

/// <summary>What went before a failure: earlier failures of its message, and the last lines of the log.</summary>
internal static class ReportedPast
{
    private const int MostFailures = 50;
    private const int LongestText = 256;

    /// <summary>The earlier failures of the message, oldest first, without the one that is reported. It travels with the message, so its sender may have written anything.</summary>
    public static IReadOnlyList<FailureHistoryEntry> History(ExceptionReport report) =>
    [
        .. FailureHistory.Read(report.History)
            .Where(entry => entry.At != report.At || entry.Fingerprint != report.Fingerprint)
            .TakeLast(MostFailures)
            .Select(entry => entry with { Class = Text(entry.Class), Type = Text(entry.Type), Fingerprint = Text(entry.Fingerprint), Instance = Text(entry.Instance) }),
    ];

    /// <summary>The last lines of the log, oldest first.</summary>
    public static IReadOnlyList<Breadcrumb> Breadcrumbs(LogTrail? trail) =>
        trail is null ? [] : [.. trail.Lines().Select(line => new Breadcrumb(line.At, line.Level.ToString(), line.Category, Redactor.Text(line.Text)))];

    private static string Text(string? text) => Shorten.Text(Redactor.Text(text ?? ""), LongestText);
}
