using Mayhem.Dashboard.Server;
using Mayhem.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.Restarts;

/// <summary>What the page about restarts is fed with.</summary>
internal static class RestartEndpoints
{
    private const int MostHosts = 500;

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RestartShelf shelf) => routes.MapGet("/api/restarts", async context =>
    {
        var (book, error) = await shelf.ReadAsync(context.RequestAborted);
        var wanted = new RestartFilter(Asked.Text(context, "host"), Asked.Text(context, "group"), Asked.Text(context, "state"), Asked.Text(context, "request")).Of(book.NewestFirst);
        var page = Page<LedgerEntry>.Of(wanted, Asked.Number(context, "page", 1, 1, int.MaxValue), Page<LedgerEntry>.DefaultSize, error);
        await context.JsonAsync(
            new RestartPage(
                shelf.IsKnown, new Page<RestartRow>([.. page.Rows.Select(RestartRow.Of)], page.Total, page.Number, page.Size, page.Error),
                book.Hosts.Count, [.. book.Hosts.Take(MostHosts)], [.. book.Groups.Take(MostHosts)]),
            DashboardJson.Default.RestartPage);
    });
}

/// <summary>Which entries are wanted; null for any.</summary>
internal sealed record RestartFilter(string? Host, string? Group, string? State, string? Request)
{
    /// <summary>Those of the entries that are.</summary>
    public IReadOnlyList<LedgerEntry> Of(IReadOnlyList<LedgerEntry> entries) => this == new RestartFilter(null, null, null, null) ? entries : [.. entries.Where(IsWanted)];

    private bool IsWanted(LedgerEntry entry) =>
        (Host is null || string.Equals(entry.Host, Host, StringComparison.OrdinalIgnoreCase))
        && (Group is null || string.Equals(entry.Group, Group, StringComparison.OrdinalIgnoreCase))
        && (State is null || string.Equals($"{entry.State}", State, StringComparison.OrdinalIgnoreCase))
        && (Request is null || entry.RequestId.Contains(Request, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Restarts, and how they are spread over hosts and groups.</summary>
/// <param name="IsKnown">False if the ledger is kept elsewhere.</param>
/// <param name="Page">One page of those wanted.</param>
/// <param name="HostCount">How many hosts there are in all.</param>
/// <param name="Hosts">By host, wanted or not.</param>
/// <param name="Groups">By group, wanted or not.</param>
internal sealed record RestartPage(bool IsKnown, Page<RestartRow> Page, int HostCount, IReadOnlyList<RestartTally> Hosts, IReadOnlyList<RestartTally> Groups);
