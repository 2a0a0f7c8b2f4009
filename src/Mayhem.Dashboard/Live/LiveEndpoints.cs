using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Mayhem.Dashboard.Server;

namespace Mayhem.Dashboard.Live;

/// <summary>What the first page is fed with: the samples so far, and a stream of server-sent events.</summary>
internal static class LiveEndpoints
{
    private const int MostListeners = 64;

    /// <summary>Adds them.</summary>
    /// <param name="routes">To these.</param>
    /// <param name="sampler">What is shown.</param>
    /// <param name="ending">Cancelled when the server is to stop.</param>
    public static void Map(IEndpointRouteBuilder routes, Sampler sampler, CancellationToken ending)
    {
        var listeners = 0;
        routes.MapGet("/api/samples", context => context.JsonAsync(sampler.Samples(), DashboardJson.Default.IReadOnlyListSample));
        routes.MapGet("/api/live", async context =>
        {
            if (Interlocked.Increment(ref listeners) > MostListeners)
            {
                Interlocked.Decrement(ref listeners);
                await context.ProblemAsync(StatusCodes.Status503ServiceUnavailable, $"{MostListeners} pages are open already. Close one of them.");
                return;
            }

            try
            {
                await StreamAsync(context, sampler, ending);
            }
            finally
            {
                Interlocked.Decrement(ref listeners);
            }
        });
    }

    private static async Task StreamAsync(HttpContext context, Sampler sampler, CancellationToken ending)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        var (before, after) = (Encoding.UTF8.GetBytes("data: "), Encoding.UTF8.GetBytes("\n\n"));
        try
        {
            await foreach (var frame in sampler.ListenAsync(either.Token))
            {
                await context.Response.BodyWriter.WriteAsync(before, either.Token);
                await context.Response.BodyWriter.WriteAsync(frame.Json, either.Token);
                await context.Response.BodyWriter.WriteAsync(after, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
        }
    }
}
