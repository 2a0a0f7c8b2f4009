using System.Threading.Channels;
using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Triggers;

namespace Mayhem.Cli.Up.Load;

/// <summary>Sends requests to the queue: whatever is at hand in one batch, and a single request as soon as it comes.</summary>
/// <param name="sender">Sends to the queue.</param>
/// <param name="inSessions">True to send each request in the session of its host.</param>
internal sealed class Publisher(ServiceBusSender sender, bool inSessions)
{
    private const int BatchSize = 100;

    // A batch may be as large as a message: 256 KB, of which ids and headers need a little.
    private const int BatchBytes = 200_000;
    private const int OverheadBytes = 500;

    // The duplicates of a long run are told apart by whoever makes the requests; here is only counted.
    private long published;
    private long distinct;

    /// <summary>Messages that the broker has acknowledged.</summary>
    public long Published => Interlocked.Read(ref published);

    /// <summary>Requests among them, each counted once.</summary>
    public long Distinct => Interlocked.Read(ref distinct);

    /// <summary>Sends all requests, or as many as there are until the token is cancelled. A batch under way is awaited, so that what was accepted is counted.</summary>
    public async Task PublishAsync(IAsyncEnumerable<OutgoingRequest> requests, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ready = Channel.CreateBounded<OutgoingRequest>(new BoundedChannelOptions(BatchSize) { SingleReader = true, SingleWriter = true });
        var collecting = CollectAsync(requests, ready.Writer, ending.Token);
        try
        {
            await SendAllAsync(ready.Reader, stop);
        }
        finally
        {
            await ending.CancelAsync();
            await collecting;
        }
    }

    private async Task SendAllAsync(ChannelReader<OutgoingRequest> ready, CancellationToken stop)
    {
        var batch = new List<OutgoingRequest>(BatchSize);
        while (await ready.WaitToReadAsync(CancellationToken.None) && !stop.IsCancellationRequested)
        {
            var bytes = 0;
            while (batch.Count < BatchSize && ready.TryPeek(out var next) && (batch.Count == 0 || bytes + SizeOf(next) <= BatchBytes) && ready.TryRead(out _))
            {
                batch.Add(next);
                bytes += SizeOf(next);
            }

            await SendAsync(batch);
            batch.Clear();
        }
    }

    private static int SizeOf(OutgoingRequest request) => request.Body.Length + OverheadBytes;

    private static async Task CollectAsync(IAsyncEnumerable<OutgoingRequest> requests, ChannelWriter<OutgoingRequest> ready, CancellationToken end)
    {
        try
        {
            await foreach (var request in requests.WithCancellation(end))
                await ready.WriteAsync(request, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
        finally
        {
            ready.Complete();
        }
    }

    private async Task SendAsync(List<OutgoingRequest> batch)
    {
        await sender.SendMessagesAsync(batch.Select(ToMessage), CancellationToken.None);
        Interlocked.Add(ref published, batch.Count);
        Interlocked.Add(ref distinct, batch.Count(request => !request.IsRepeat));
    }

    private ServiceBusMessage ToMessage(OutgoingRequest request) => new(request.Body)
    {
        MessageId = request.MessageId,
        CorrelationId = request.RequestId,
        SessionId = inSessions ? HostSessions.IdOf(request.Host) : null,
        Subject = "restart",
        ContentType = "application/json",
    };
}
