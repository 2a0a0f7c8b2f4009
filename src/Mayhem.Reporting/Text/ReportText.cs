using System.Globalization;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Text;

/// <summary>A report as people read it.</summary>
public static class ReportText
{
    private const int Narrowest = 40;

    /// <summary>
    /// The whole report: what happened, the exceptions with their frames, the message, its earlier failures, the log, the process. Nothing in it can
    /// control a terminal but the colours asked for.
    /// </summary>
    public static string Of(ReportDocument report, ReportTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= new ReportTextOptions();
        var page = new Page(Math.Max(Narrowest, options.Width), options.Ansi);
        var at = report.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        page.Line(0, $"Report {report.Id}, {at}: {WhatBecame(report.Kind)} ({report.Class})", Ink.Strong);
        page.Line(0, $"fingerprint {report.Fingerprint}{(report.OperationId is { } operation ? $", operation {operation}" : "")}", Ink.Faint);
        if (report.Unreported > 0)
            page.Line(0, string.Create(CultureInfo.InvariantCulture, $"{report.Unreported} more of this kind since the last report of it"), Ink.Strong);
        for (var index = 0; index < report.Exceptions.Count; index++)
            ExceptionText.Write(page, report, index, options);
        ContextText.Write(page, report);
        return page.ToString();
    }

    private static string WhatBecame(ReportKind kind) => kind switch
    {
        ReportKind.Retry => "the message is tried again",
        ReportKind.Final => "the message was dead-lettered",
        ReportKind.Tolerated => "the message went on without it",
        ReportKind.ProcessFatal => "the process ends",
        _ => "nobody caught it",
    };
}
