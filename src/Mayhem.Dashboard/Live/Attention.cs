using Mayhem.Dashboard.DeadLetters;
using Mayhem.Dashboard.Reports;

namespace Mayhem.Dashboard.Live;

/// <summary>Where a person should look first.</summary>
/// <param name="Hosts">The hosts that are worst off.</param>
/// <param name="HostCount">How many hosts have dead letters or failures.</param>
/// <param name="Reasons">Dead letters by reason.</param>
/// <param name="KnowsReports">False if reports are kept elsewhere.</param>
/// <param name="Error">Why this may be old; null if it is not.</param>
internal sealed record Attention(IReadOnlyList<TroubledHost> Hosts, int HostCount, IReadOnlyList<DeadLetterCount> Reasons, bool KnowsReports, string? Error)
{
    private const int Most = 10;

    /// <summary>Brings dead letters and reports together.</summary>
    public static Attention Of(DeadLetterList? dead, IReadOnlyList<ReportRow> reports, bool knowsReports, string? error)
    {
        var hosts = TroubledHost.Of(dead?.NewestFirst ?? [], reports);
        return new Attention([.. hosts.Take(Most)], hosts.Count, dead?.Reasons ?? [], knowsReports, error);
    }
}

/// <summary>A host with dead letters or failures.</summary>
/// <param name="Host">The host; null for messages that name none.</param>
/// <param name="DeadLetters">How many dead letters are about it.</param>
/// <param name="Failures">How many failures were reported, dead letters included.</param>
/// <param name="Last">Its last report, one of a dead letter before any other; null if there is none here.</param>
/// <param name="LastDead">Its last dead letter; null if there is none.</param>
/// <param name="At">When it failed last.</param>
internal sealed record TroubledHost(string? Host, int DeadLetters, long Failures, ReportRow? Last, DeadLetterRow? LastDead, DateTimeOffset At)
{
    /// <summary>The hosts, those with most dead letters first, then those with most failures.</summary>
    public static IReadOnlyList<TroubledHost> Of(IReadOnlyList<DeadLetterRow> dead, IReadOnlyList<ReportRow> reports)
    {
        var troubled = new Dictionary<string, TroubledHost>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in dead)
        {
            var known = Of(row.Host);
            troubled[row.Host ?? ""] = known with { DeadLetters = known.DeadLetters + 1, LastDead = known.LastDead ?? row, At = Later(known.At, row.At) };
        }

        foreach (var row in reports)
        {
            var known = Of(row.Host);
            var last = known.Last is null || (known.Last.Kind != Mayhem.Reports.ReportKind.Final && row.Kind == Mayhem.Reports.ReportKind.Final) ? row : known.Last;
            troubled[row.Host ?? ""] = known with { Failures = known.Failures + row.Failures, Last = last, At = Later(known.At, row.At) };
        }

        return [.. troubled.Values.OrderByDescending(host => host.DeadLetters).ThenByDescending(host => host.Failures).ThenByDescending(host => host.At)];

        TroubledHost Of(string? host) => troubled.GetValueOrDefault(host ?? "") ?? new TroubledHost(host, 0, 0, null, null, default);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
