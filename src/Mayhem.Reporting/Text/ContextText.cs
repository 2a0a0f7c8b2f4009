using System.Globalization;
using Mayhem.Recovery;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Text;

/// <summary>Sets what surrounds a failure: the message, its earlier failures, the log, the process.</summary>
internal static class ContextText
{
    public static void Write(Page page, ReportDocument report)
    {
        Section(page, "Message", report.Domain.Count, () => page.Table(2, [.. report.Domain.Select(pair => (pair.Key, "", pair.Value))]));
        Section(page, "Earlier failures", report.History.Count, () => page.Table(2, [.. report.History.Select(Row)]));
        Section(page, "Log", report.Breadcrumbs.Count, () => page.Table(2, [.. report.Breadcrumbs.Select(crumb => (Time(crumb.At), "", $"{crumb.Level} {crumb.Category}: {crumb.Text}"))]));
        if (report.Process is { } process)
            Section(page, "Process", 1, () => page.Line(2, Line(process)));
    }

    private static void Section(Page page, string title, int rows, Action write)
    {
        if (rows == 0)
            return;
        page.Gap();
        page.Line(0, title, Ink.Strong);
        write();
    }

    private static (string Name, string Type, string Value) Row(FailureHistoryEntry failure)
    {
        var wait = failure.DelaySeconds is { } delay ? string.Create(CultureInfo.InvariantCulture, $", waited {delay:0.#} s") : "";
        return (Time(failure.At), "", $"{failure.Class} {failure.Type}{wait} ({failure.Instance}, fingerprint {failure.Fingerprint})");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Line(ReportedProcess process) => string.Create(
        CultureInfo.InvariantCulture,
        $"{process.Version} on {process.Instance}, up {TimeSpan.FromSeconds(Math.Round(process.UptimeSeconds)):c}; memory {Bytes(process.WorkingSetBytes)} of {Bytes(process.MemoryLimitBytes)}, heap {Bytes(process.HeapBytes)}, {process.Gen2Collections} collections of generation 2; {process.PoolThreads} pool threads with {process.PoolQueue} waiting; {process.InFlight} messages in flight; {process.Platform}");

    private static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10} KB"),
    };
}
