using System.Globalization;
using Mayhem.Dashboard.Reports;
using Mayhem.Dashboard.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.DeadLetters;

/// <summary>What the pages about dead letters are fed with.</summary>
internal static class DeadLetterEndpoints
{
    private const int MostGroups = 100;

    /// <summary>Adds them.</summary>
    /// <param name="routes">To these.</param>
    /// <param name="shelf">The dead letters.</param>
    /// <param name="reports">The reports that they lead to.</param>
    /// <param name="showValues">Whether bodies may be seen.</param>
    /// <param name="clock">The clock, for ages.</param>
    public static void Map(IEndpointRouteBuilder routes, DeadLetterShelf shelf, ReportShelf reports, bool showValues, TimeProvider clock)
    {
        routes.MapGet("/api/dead-letters", async context =>
        {
            var known = await shelf.ListAsync(context.RequestAborted);
            var list = known.Value ?? new DeadLetterList(new Dictionary<long, DeadLetterRow>(), isComplete: false);
            var filter = DeadLetterFilter.Of(context, clock.GetUtcNow());
            var matching = filter.Of(list);
            var groups = filter.IsEmpty ? list.Groups : DeadLetterList.GroupsOf(matching);
            var page = Page<DeadLetterRow>.Of(matching, Asked.Number(context, "page", 1, 1, int.MaxValue), Page<DeadLetterRow>.DefaultSize, known.Error);
            var rows = new List<DeadLetterRow>(page.Rows.Count);
            foreach (var row in page.Rows)
                rows.Add(await LinkedAsync(row, reports, context.RequestAborted));
            var shown = new List<DeadLetterGroup>();
            foreach (var group in groups.Take(MostGroups))
                shown.Add(group with { Last = await LinkedAsync(group.Last, reports, context.RequestAborted) });
            await context.JsonAsync(
                new DeadLetterPage(page with { Rows = rows }, groups.Count, shown, list.Reasons, list.IsComplete), DashboardJson.Default.DeadLetterPage);
        });
        routes.MapGet("/api/dead-letters/{number}", async context =>
        {
            if (long.TryParse((string)context.Request.RouteValues["number"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && await shelf.FindAsync(number, context.RequestAborted) is { } message)
                await context.JsonAsync(await LinkedAsync(ShownDeadLetter.Of(message, showValues), reports, context.RequestAborted), DashboardJson.Default.ShownDeadLetter);
            else
                await context.ProblemAsync(StatusCodes.Status404NotFound, "This dead letter is not here any more: it was replayed, discarded, or has expired.");
        });
    }

    private static async ValueTask<DeadLetterRow> LinkedAsync(DeadLetterRow row, ReportShelf reports, CancellationToken cancellationToken) =>
        row with { ReportId = await reports.NearestAsync(row.ReportId, row.Fingerprint, cancellationToken) };

    private static async ValueTask<ShownDeadLetter> LinkedAsync(ShownDeadLetter letter, ReportShelf reports, CancellationToken cancellationToken)
    {
        var linked = await LinkedAsync(letter.Row, reports, cancellationToken);
        return letter with { Row = linked, IsItsReport = string.Equals(linked.ReportId, letter.Row.ReportId, StringComparison.Ordinal) };
    }
}

/// <summary>Dead letters, and how they fall into groups.</summary>
/// <param name="Page">One page of those wanted.</param>
/// <param name="GroupCount">How many groups they make.</param>
/// <param name="Groups">The largest of them.</param>
/// <param name="Reasons">All dead letters by reason, wanted or not.</param>
/// <param name="IsComplete">False if there are more than were read.</param>
internal sealed record DeadLetterPage(
    Page<DeadLetterRow> Page, int GroupCount, IReadOnlyList<DeadLetterGroup> Groups, IReadOnlyList<DeadLetterCount> Reasons, bool IsComplete);
