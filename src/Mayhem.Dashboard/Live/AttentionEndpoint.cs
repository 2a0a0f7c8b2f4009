using Mayhem.Dashboard.DeadLetters;
using Mayhem.Dashboard.Reports;
using Mayhem.Dashboard.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.Live;

/// <summary>Tells the first page where to look.</summary>
internal static class AttentionEndpoint
{
    /// <summary>Adds it.</summary>
    public static void Map(IEndpointRouteBuilder routes, DeadLetterShelf dead, ReportShelf reports)
    {
        var last = new Last();
        routes.MapGet("/api/attention", async context =>
        {
            var known = await dead.ListAsync(context.RequestAborted);
            var (rows, error) = await reports.RowsAsync(context.RequestAborted);
            await context.JsonAsync(last.Of(known.Value, rows, reports.IsKnown, known.Error ?? error), DashboardJson.Default.Attention);
        });
    }

    /// <summary>With very many dead letters, what has not changed is not counted again for every page that asks.</summary>
    private sealed class Last
    {
        private readonly Lock gate = new();
        private (DeadLetterList? Dead, IReadOnlyList<ReportRow> Reports, string? Error, Attention Attention)? last;

        public Attention Of(DeadLetterList? dead, IReadOnlyList<ReportRow> reports, bool knowsReports, string? error)
        {
            lock (gate)
            {
                if (last is { } known && ReferenceEquals(known.Dead, dead) && ReferenceEquals(known.Reports, reports) && string.Equals(known.Error, error, StringComparison.Ordinal))
                    return known.Attention;
                var attention = Attention.Of(dead, reports, knowsReports, error);
                last = (dead, reports, error, attention);
                return attention;
            }
        }
    }
}
