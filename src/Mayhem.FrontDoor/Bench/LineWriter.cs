using System.Text.Json;
using Mayhem.DeadLetters.Work;
using Microsoft.AspNetCore.Http;

namespace Mayhem.FrontDoor.Bench;

/// <summary>Writes an answer line by line. Progress is told when somebody can read it: what comes meanwhile is left out, but for the last.</summary>
internal sealed class LineWriter(HttpContext context) : IProgress<BenchProgress>
{
    private readonly Lock gate = new();
    private Task writing = Task.CompletedTask;

    public void Report(BenchProgress value)
    {
        lock (gate)
        {
            if (writing.IsCompleted)
                writing = TellAsync(new BenchLine { Progress = value });
        }
    }

    public async Task WriteAsync(BenchLine line)
    {
        Task before;
        lock (gate)
            before = writing;
        await before;
        await TellAsync(line);
    }

    private async Task TellAsync(BenchLine line)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "application/x-ndjson";
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, BenchCallJson.Default.BenchLine), (byte)'\n'];
        try
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads any more; the work is cancelled by the same token.
        }
    }
}
