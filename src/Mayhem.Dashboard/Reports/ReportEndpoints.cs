using Mayhem.Dashboard.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.Reports;

/// <summary>What the pages about reports are fed with.</summary>
internal static class ReportEndpoints
{
    private const int MostCauses = 100;

    /// <summary>Adds them.</summary>
    /// <param name="routes">To these.</param>
    /// <param name="shelf">The reports.</param>
    /// <param name="showValues">Whether values of variables may be seen.</param>
    public static void Map(IEndpointRouteBuilder routes, ReportShelf shelf, bool showValues)
    {
        routes.MapGet("/api/reports", async context =>
        {
            var (rows, error) = await shelf.RowsAsync(context.RequestAborted);
            var wanted = new ReportFilter(Asked.Text(context, "host"), Asked.Text(context, "fingerprint"), Asked.Text(context, "kind"));
            var matching = wanted.Of(rows);
            var list = new ReportList(
                shelf.IsKnown, Page<ReportRow>.Of(matching, Asked.Number(context, "page", 1, 1, int.MaxValue), Page<ReportRow>.DefaultSize, error),
                [.. ReportCause.Of(matching).Take(MostCauses)]);
            await context.JsonAsync(list, DashboardJson.Default.ReportList);
        });
        routes.MapGet("/api/reports/{id}", async context =>
        {
            var id = (string)context.Request.RouteValues["id"]!;
            if (await shelf.FindAsync(id, context.RequestAborted) is { } report)
                await context.JsonAsync(ShownReport.Of(report, showValues), DashboardJson.Default.ShownReport);
            else
                await context.ProblemAsync(StatusCodes.Status404NotFound, "This report is not here. It may have made room for newer ones, or have been counted in a storm of equal failures.");
        });
    }
}

/// <summary>Which reports are wanted; null for any.</summary>
internal sealed record ReportFilter(string? Host, string? Fingerprint, string? Kind)
{
    /// <summary>Those of the rows that are.</summary>
    public IReadOnlyList<ReportRow> Of(IReadOnlyList<ReportRow> rows) => this == new ReportFilter(null, null, null) ? rows : [.. rows.Where(IsWanted)];

    private bool IsWanted(ReportRow row) =>
        (Host is null || string.Equals(row.Host, Host, StringComparison.OrdinalIgnoreCase))
        && (Fingerprint is null || row.Fingerprint.StartsWith(Fingerprint, StringComparison.OrdinalIgnoreCase))
        && (Kind is null || string.Equals($"{row.Kind}", Kind, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Reports, and their causes.</summary>
/// <param name="IsKnown">False if reports are kept elsewhere.</param>
/// <param name="Page">One page of them.</param>
/// <param name="Causes">The causes of all of them, the most frequent first.</param>
internal sealed record ReportList(bool IsKnown, Page<ReportRow> Page, IReadOnlyList<ReportCause> Causes);
