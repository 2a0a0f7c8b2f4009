using System.Text.Json;
using Mayhem.Dashboard.Server;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Mayhem.Dashboard.Bench;

/// <summary>What the page does with dead letters.</summary>
internal sealed class BenchEndpoints(IDeadLetterBench bench, BenchJobs jobs, bool showValues, TimeProvider clock)
{
    private const long LargestImport = 64 << 20;

    /// <summary>Adds them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/bench/replay", context => ManyAsync(context, "replay", bench.ReplayAsync));
        routes.MapPost("/api/bench/discard", context => ManyAsync(context, "discard", bench.DiscardAsync));
        routes.MapPost("/api/bench/edit", context => GuardAsync(context, () => EditAsync(context)));
        routes.MapPost("/api/bench/import", context => GuardAsync(context, () => ImportAsync(context)));
        routes.MapPost("/api/bench/cancel", CancelAsync);
        routes.MapGet("/api/bench/job", JobAsync);
        routes.MapGet("/api/bench/export", ExportAsync);
    }

    private Task ManyAsync(
        HttpContext context, string action,
        Func<Mayhem.DeadLetters.Listing.DeadLetterFilter, BenchOrder, IProgress<BenchProgress>?, CancellationToken, Task<BenchOutcome>> work) => GuardAsync(context, async () =>
    {
        var call = await CallAsync(context);
        var (filter, order) = (call.Filter(clock.GetUtcNow()), call.Order());
        if (order.DryRun)
            await context.JsonAsync(await work(filter, order, null, context.RequestAborted), DashboardJson.Default.BenchOutcome);
        else
            await StartAsync(context, action, (progress, cancellation) => work(filter, order, progress, cancellation));
    });

    private async Task EditAsync(HttpContext context)
    {
        var call = await CallAsync(context);
        if (call is not { Numbers: [var number], Body: { } body })
            throw new BenchException("Name one dead letter and its new body.");
        await StartAsync(context, "edit", (_, cancellation) => bench.EditAsync(new DeadLetterEdit(number, body), call.Order(), cancellation));
    }

    private async Task ImportAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LargestImport;
        var order = new BenchOrder { By = Asked.Text(context, "by") ?? "", Reason = Asked.Text(context, "why") ?? "", DryRun = Asked.Text(context, "dryRun") is "true" };
        var documents = await ImportLines.ReadAsync(context.Request.Body, context.RequestAborted);
        if (order.DryRun)
            await context.JsonAsync(await bench.ImportAsync(documents.ToAsyncEnumerable(), order, null, context.RequestAborted), DashboardJson.Default.BenchOutcome);
        else
            await StartAsync(context, "import", (progress, cancellation) => bench.ImportAsync(documents.ToAsyncEnumerable(), order, progress, cancellation));
    }

    private Task StartAsync(HttpContext context, string action, Func<IProgress<BenchProgress>, CancellationToken, Task<BenchOutcome>> work) =>
        jobs.TryStart(action, work) is { } started
            ? context.JsonAsync(started.State, DashboardJson.Default.BenchJobState, StatusCodes.Status202Accepted)
            : context.ProblemAsync(StatusCodes.Status409Conflict, "Another operation is under way. Wait for its end, or cancel it.");

    private Task CancelAsync(HttpContext context)
    {
        jobs.Last?.Cancel();
        return JobAsync(context);
    }

    private Task JobAsync(HttpContext context) => jobs.Last is { } job
        ? context.JsonAsync(job.State, DashboardJson.Default.BenchJobState)
        : context.ProblemAsync(StatusCodes.Status404NotFound, "Nothing was done yet.");

    // The bodies are given out as they are, and so only where they may be seen.
    private async Task ExportAsync(HttpContext context)
    {
        if (!showValues)
        {
            await context.ProblemAsync(StatusCodes.Status403Forbidden, "Bodies are hidden in production mode. Export on the command line: mayhem dlq export.");
            return;
        }

        var call = new BenchCall
        {
            Numbers = Asked.Numbers(context, "number"), Reason = Asked.Text(context, "reason"), Class = Asked.Text(context, "class"), Fingerprint = Asked.Text(context, "fingerprint"),
            Host = Asked.Text(context, "host"), Group = Asked.Text(context, "group"), Age = Asked.Text(context, "age"),
        };
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"dead-letters.jsonl\"";
        await foreach (var document in bench.ExportAsync(call.Filter(clock.GetUtcNow()), context.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, document, BenchJson.Default.MessageDocument, context.RequestAborted);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        }
    }

    private static async Task<BenchCall> CallAsync(HttpContext context) =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, DashboardJson.Default.BenchCall, context.RequestAborted) ?? throw new BenchException("The request is empty.");

    private static async Task GuardAsync(HttpContext context, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception wrong) when (wrong is BenchException or JsonException)
        {
            await context.ProblemAsync(StatusCodes.Status400BadRequest, wrong.Message);
        }
    }
}
