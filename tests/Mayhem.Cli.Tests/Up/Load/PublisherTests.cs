using System.Threading.Channels;
using Azure.Messaging.ServiceBus;
using Mayhem.Cli.Up.Load;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.Up.Load;

public sealed class PublisherTests : IAsyncDisposable
{
    private readonly RecordingSender sender = new();

    [Fact]
    public async Task PublishAsync_Message_CarriesWhatTheEngineReads()
    {
        await new Publisher(sender, inSessions: false).PublishAsync(Requests(("m", "r", false)), CancellationToken.None);

        var message = Assert.Single(sender.Sent);
        Assert.Equal(("m", "r", "restart", "application/json", "{}"),
            (message.MessageId, message.CorrelationId, message.Subject, message.ContentType, message.Body.ToString()));
    }

    [Fact]
    public async Task PublishAsync_Repeats_ArePublishedButNotDistinct()
    {
        var publisher = new Publisher(sender, inSessions: false);

        await publisher.PublishAsync(Requests(("a", "a", false), ("b", "b", false), ("a", "a", true)), CancellationToken.None);

        Assert.Equal((3, 2), (publisher.Published, publisher.Distinct));
    }

    [Fact]
    public async Task PublishAsync_Many_GoInBatchesInTheirOrder()
    {
        await new Publisher(sender, inSessions: false).PublishAsync(Requests([.. Enumerable.Range(0, 1000).Select(i => ($"{i}", $"{i}", false))]), CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), sender.Sent.Select(message => message.MessageId));
        Assert.InRange(sender.LargestBatch, 2, 100);
    }

    [Fact]
    public async Task PublishAsync_LargeBodies_GoInBatchesThatFitIntoAMessage()
    {
        var large = Enumerable.Range(0, 5).Select(i => new OutgoingRequest($"{i}", $"{i}", new byte[90_000], "cattle-0001", IsRepeat: false));

        await new Publisher(sender, inSessions: false).PublishAsync(large.ToAsyncEnumerable(), CancellationToken.None);

        Assert.Equal((5, 2), (sender.Sent.Count, sender.LargestBatch));
    }

    [Fact]
    public async Task PublishAsync_OneComes_IsSentBeforeTheNext()
    {
        var pipe = Channel.CreateUnbounded<OutgoingRequest>();
        var publishing = new Publisher(sender, inSessions: false).PublishAsync(pipe.Reader.ReadAllAsync(), CancellationToken.None);

        pipe.Writer.TryWrite(new OutgoingRequest("a", "a", "{}"u8.ToArray(), "cattle-0001", IsRepeat: false));

        await Eventually.HoldsAsync(() => sender.Sent.Count == 1, "the first is sent");
        pipe.Writer.Complete();
        await publishing;
    }

    [Fact]
    public async Task PublishAsync_Stopped_ReturnsAndCountsWhatWasSent()
    {
        using var stop = new CancellationTokenSource();
        var pipe = Channel.CreateUnbounded<OutgoingRequest>();
        var publisher = new Publisher(sender, inSessions: false);
        var publishing = publisher.PublishAsync(pipe.Reader.ReadAllAsync(), stop.Token);
        pipe.Writer.TryWrite(new OutgoingRequest("a", "a", "{}"u8.ToArray(), "cattle-0001", IsRepeat: false));
        await Eventually.HoldsAsync(() => sender.Sent.Count == 1, "the first is sent");

        await stop.CancelAsync();

        await publishing;
        Assert.Equal(1, publisher.Published);
    }

    [Fact]
    public async Task PublishAsync_QueueRefuses_FailsInsteadOfWaitingForMore()
    {
        sender.Failure = new ServiceBusException("full", ServiceBusFailureReason.QuotaExceeded);

        await Assert.ThrowsAsync<ServiceBusException>(() => new Publisher(sender, inSessions: false).PublishAsync(Endless(), CancellationToken.None));
    }

    public ValueTask DisposeAsync() => sender.DisposeAsync();

    private static IAsyncEnumerable<OutgoingRequest> Requests(params (string MessageId, string RequestId, bool IsRepeat)[] requests) =>
        requests.Select(request => new OutgoingRequest(request.MessageId, request.RequestId, "{}"u8.ToArray(), "cattle-0001", request.IsRepeat)).ToAsyncEnumerable();

    private static async IAsyncEnumerable<OutgoingRequest> Endless()
    {
        for (var i = 0; ; i++)
        {
            await Task.Yield();
            yield return new OutgoingRequest($"{i}", $"{i}", "{}"u8.ToArray(), "cattle-0001", IsRepeat: false);
        }
    }

    private sealed class RecordingSender : ServiceBusSender
    {
        public List<ServiceBusMessage> Sent { get; } = [];

        public int LargestBatch { get; private set; }

        public Exception? Failure { get; set; }

        public override Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
        {
            if (Failure is not null)
                return Task.FromException(Failure);
            var batch = messages.ToList();
            Sent.AddRange(batch);
            LargestBatch = Math.Max(LargestBatch, batch.Count);
            return Task.CompletedTask;
        }
    }
}
