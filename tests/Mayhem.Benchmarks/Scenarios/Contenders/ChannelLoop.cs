using System.Text.Json;
using System.Threading.Channels;
using Mayhem.Benchmarks.Scenarios.Work;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>The floor: a channel and a hand-written loop. No locks, no dead letters, nothing on record.</summary>
internal class ChannelLoop : IContender
{
    private readonly Channel<Item> channel = Channel.CreateUnbounded<Item>();
    private Outbox<byte[]> outbox = null!;
    private Task[] workers = [];

    /// <summary>What the loop calls.</summary>
    protected Handler Handler { get; private set; } = null!;

    public Task StartAsync(Workload workload, Handler handler)
    {
        Handler = handler;
        workers = [.. Enumerable.Range(0, workload.Concurrency).Select(_ => Task.Run(WorkAsync))];
        return Task.CompletedTask;
    }

    public void Prepare(IReadOnlyList<BenchRequest> requests) => outbox = new Outbox<byte[]>(requests.Select(request => request.ToBytes()));

    public ValueTask SendAsync(int number) => channel.Writer.WriteAsync(new Item(outbox.Take(number), 1));

    public Task SettledAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        await Task.WhenAll(workers);
        GC.SuppressFinalize(this);
    }

    /// <summary>Tries at once what failed at once.</summary>
    protected virtual async ValueTask TryAsync(BenchRequest request, int attempt)
    {
        while (true)
        {
            try
            {
                await Handler.HandleAsync(request.RequestId, request.Reason, attempt);
                return;
            }
            catch (TransientException) when (attempt < 6)
            {
                attempt++;
            }
        }
    }

    private async Task WorkAsync()
    {
        while (await channel.Reader.WaitToReadAsync())
        {
            while (channel.Reader.TryRead(out var item))
                await WorkAsync(item);
        }
    }

    private async ValueTask WorkAsync(Item item)
    {
        try
        {
            await TryAsync(JsonSerializer.Deserialize(item.Body, BenchJson.Default.BenchRequest)!, item.Attempt);
        }
        catch (LaterException)
        {
            _ = AgainAsync(item);
        }
        catch (FatalException)
        {
            // Given up.
            return;
        }
    }

    private async Task AgainAsync(Item item)
    {
        await Task.Delay(Handler.Delay, TimeProvider.System);
        await channel.Writer.WriteAsync(item with { Attempt = item.Attempt + 1 });
    }

    private readonly record struct Item(byte[] Body, int Attempt);
}
