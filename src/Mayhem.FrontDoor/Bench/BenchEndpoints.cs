using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Work;
using Mayhem.FrontDoor.DataPlane;
using Microsoft.AspNetCore.Http;

namespace Mayhem.FrontDoor.Bench;

/// <summary>What the command line needs of a running broker, which has its journal locked: its status, and its bench.</summary>
internal sealed class BenchEndpoints(FrontDoorSources sources, CancellationToken ending)
{
    /// <summary>The path of the status.</summary>
    public const string Status = "/-/status";

    /// <summary>What the paths of the bench begin with.</summary>
    public const string Bench = "/-/bench/";

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        var path = context.Request.Path.Value ?? "";
        try
        {
            if (path is Status && HttpMethods.IsGet(context.Request.Method))
                await StatusAsync(context);
            else if (HttpMethods.IsPost(context.Request.Method) && path.StartsWith(Bench, StringComparison.Ordinal))
                await BenchAsync(context, path[Bench.Length..], giveUp.Token);
            else
                await RestError.WriteAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
        }
        catch (Exception refused) when (refused is BenchException or JsonException && !context.Response.HasStarted)
        {
            await RestError.WriteAsync(context, StatusCodes.Status400BadRequest, refused.Message);
        }
    }

    private async Task BenchAsync(HttpContext context, string operation, CancellationToken cancellationToken)
    {
        if (operation is "import")
        {
            await ImportAsync(context, cancellationToken);
            return;
        }

        var call = await JsonSerializer.DeserializeAsync(context.Request.Body, BenchCallJson.Default.BenchCall, cancellationToken) ?? new BenchCall();
        switch (operation)
        {
            case "list":
                await ReplyAsync(context, await sources.Bench.ListAsync(call.Filter, call.From, call.Size, cancellationToken), BenchJson.Default.DeadLetterPage);
                break;
            case "count":
                await ReplyAsync(context, await sources.Bench.CountAsync(call.Filter, cancellationToken), BenchJson.Default.DeadLetterCensus);
                break;
            case "find" when await sources.Bench.FindAsync(call.SequenceNumber, cancellationToken) is { } found:
                await ReplyAsync(context, found, BenchJson.Default.DeadLetterDetails);
                break;
            case "find":
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case "replay":
                await WorkAsync(context, progress => sources.Bench.ReplayAsync(call.Filter, Order(call.Order), progress, cancellationToken));
                break;
            case "edit":
                await WorkAsync(context, _ => sources.Bench.EditAsync(call.Edit ?? throw new BenchException("There is no edit."), Order(call.Order), cancellationToken));
                break;
            case "discard":
                await WorkAsync(context, progress => sources.Bench.DiscardAsync(call.Filter, Order(call.Order), progress, cancellationToken));
                break;
            case "export":
                await ExportAsync(context, call, cancellationToken);
                break;
            default:
                await RestError.WriteAsync(context, StatusCodes.Status404NotFound, $"The bench cannot {operation}.");
                break;
        }
    }

    private async Task StatusAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer))
            sources.WriteStatus(writer);
        await context.Response.Body.WriteAsync(buffer.ToArray(), context.RequestAborted);
    }

    private async Task ExportAsync(HttpContext context, BenchCall call, CancellationToken cancellationToken)
    {
        var lines = new LineWriter(context);
        await foreach (var document in sources.Bench.ExportAsync(call.Filter, cancellationToken))
            await lines.WriteAsync(new BenchLine { Document = document });
        await lines.WriteAsync(new BenchLine { End = true });
    }

    // The order comes as the first line, and the documents after it.
    private async Task ImportAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body);
        var first = await reader.ReadLineAsync(cancellationToken) ?? throw new BenchException("There is no order.");
        var order = Order(JsonSerializer.Deserialize(first, BenchCallJson.Default.BenchCall)?.Order);
        var documents = new List<MessageDocument>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            documents.Add(MessageDocument.Parse(Encoding.UTF8.GetBytes(line)));
        await WorkAsync(context, progress => sources.Bench.ImportAsync(documents.ToAsyncEnumerable(), order, progress, cancellationToken));
    }

    private static BenchOrder Order(BenchOrder? given) => given ?? throw new BenchException("There is no order: say who, and why.");

    private static async Task WorkAsync(HttpContext context, Func<IProgress<BenchProgress>, Task<BenchOutcome>> work)
    {
        var lines = new LineWriter(context);
        try
        {
            var outcome = await work(lines);
            await lines.WriteAsync(new BenchLine { Outcome = outcome });
        }
        catch (Exception refused) when (refused is BenchException or IOException)
        {
            await lines.WriteAsync(new BenchLine { Error = refused.Message });
        }
    }

    private static async Task ReplyAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }
}
