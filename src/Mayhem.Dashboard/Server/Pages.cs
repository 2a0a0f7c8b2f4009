using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.Server;

/// <summary>The pages and the files that they consist of.</summary>
internal static class Pages
{
    private static readonly (string Path, string Name, string Title, string Section)[] All =
    [
        ("/", "overview", "Overview", "overview"),
        ("/dead-letters", "dead-letters", "Dead letters", "dead-letters"),
        ("/dead-letters/{number}", "dead-letter", "Dead letter", "dead-letters"),
        ("/reports", "reports", "Reports", "reports"),
        ("/reports/{id}", "report", "Report", "reports"),
        ("/restarts", "restarts", "Restarts", "restarts"),
        ("/rules", "rules", "Guards and rules", "rules"),
    ];

    /// <summary>Adds them.</summary>
    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources, DashboardOptions options, RequestRules rules)
    {
        var slots = new Dictionary<string, string>(StringComparer.Ordinal) { ["place"] = sources.Place, ["queue"] = sources.Queue, ["token"] = rules.Token, ["operator"] = options.Operator, ["bench"] = sources.Bench is null ? "no" : "yes" };
        foreach (var (path, name, title, section) in All)
        {
            var page = Assets.Page(name, title, section, slots);
            routes.MapGet(path, context => context.BytesAsync("text/html; charset=utf-8", page));
        }

        foreach (var (name, contentType, content) in Assets.Static)
        {
            routes.MapGet($"/assets/{Assets.Version}/{name}", context =>
            {
                // The address holds the version.
                context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
                return context.BytesAsync(contentType, content);
            });
        }

        var missing = Assets.Page("missing", "Not found", "", slots);
        routes.MapFallback(context => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? context.ProblemAsync(StatusCodes.Status404NotFound, $"There is nothing at {context.Request.Path}.")
            : context.BytesAsync("text/html; charset=utf-8", missing, StatusCodes.Status404NotFound));
    }
}
