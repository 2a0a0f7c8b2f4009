using Mayhem.Local.Broker;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Local.Tests.Broker;

public sealed class EmbeddedBrokerTests : IAsyncDisposable
{
    private const string Name = "restarts";
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider time = new();
    private readonly TemporaryFolder folder = new();
    private readonly List<EmbeddedBroker> brokers = [];

    [Fact]
    public async Task Receive_WhileAMessageComes_IsServedAtOnce()
    {
        var queue = await OpenAsync();
        var receiving = Receive(queue, 1, LongWait);
        Assert.False(receiving.IsCompleted);
        await Send(queue, "a");
        Assert.Equal("a", Assert.Single(await receiving).Content.MessageId);
    }

    [Fact]
    public async Task Receive_SeveralWaiting_AreServedInTheOrderTheyCame()
    {
        var queue = await OpenAsync();
        var first = Receive(queue, 1, LongWait);
        var second = Receive(queue, 1, LongWait);
        await Send(queue, "a");
        Assert.Equal("a", Assert.Single(await first).Content.MessageId);
        await Send(queue, "b");
        Assert.Equal("b", Assert.Single(await second).Content.MessageId);
    }

    [Fact]
    public async Task Receive_WaitOver_ReturnsNothingAndLeavesTheLine()
    {
        var queue = await OpenAsync();
        var receiving = Receive(queue, 1, LongWait);
        time.Advance(LongWait);
        Assert.Empty(await receiving);
        await Send(queue, "a");
        Assert.Single(await Receive(queue, 1, TimeSpan.Zero));
    }

    [Fact]
    public async Task Receive_Cancelled_ThrowsAndLosesNothing()
    {
        var queue = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var receiving = queue.ReceiveAsync(SubQueue.None, 1, ReceiveMode.PeekLock, LongWait, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        await Send(queue, "a");
        Assert.Equal(1, Assert.Single(await Receive(queue, 1, TimeSpan.Zero)).DeliveryCount);
    }

    [Fact]
    public async Task Receive_WhileALockRunsOut_IsServedByTheTimer()
    {
        var queue = await OpenAsync();
        await Send(queue, "a");
        Assert.Single(await Receive(queue, 1, TimeSpan.Zero));
        var receiving = Receive(queue, 1, LongWait);
        time.Advance(queue.Options.LockDuration);
        Assert.Equal(2, Assert.Single(await receiving).DeliveryCount);
    }

    [Fact]
    public async Task Receive_WhileAScheduledMessageComesDue_IsServedByTheTimer()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(TestQueue.Content("a", scheduledFor: time.GetUtcNow().AddSeconds(7)), CancellationToken.None);
        var receiving = Receive(queue, 1, LongWait);
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(receiving.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("a", Assert.Single(await receiving).Content.MessageId);
    }

    [Fact]
    public async Task Receive_WallClockJumpsToTheDueTime_IsServedWithinASecond()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(TestQueue.Content("a", scheduledFor: time.GetUtcNow().AddHours(1)), CancellationToken.None);
        var receiving = Receive(queue, 1, LongWait);
        time.JumpWallClock(TimeSpan.FromHours(2));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await receiving);
    }

    [Fact]
    public async Task AcceptNextSession_WhileAMessageComes_IsServed()
    {
        var queue = await OpenAsync(options: new QueueOptions { RequiresSession = true });
        var accepting = queue.AcceptNextSessionAsync(LongWait, CancellationToken.None);
        await queue.SendAsync(TestQueue.Content("a", session: "s"), CancellationToken.None);
        Assert.Equal("s", (await accepting)!.SessionId);
    }

    [Fact]
    public async Task ReceiveFromSession_LockEndsWhileWaiting_SaysSo()
    {
        var queue = await OpenAsync(options: new QueueOptions { RequiresSession = true });
        var session = await queue.AcceptSessionAsync("s", CancellationToken.None);
        var receiving = queue.ReceiveFromSessionAsync(session.LockToken, 1, ReceiveMode.PeekLock, LongWait, CancellationToken.None).AsTask();
        time.Advance(queue.Options.LockDuration);
        Assert.Equal(BrokerFailure.SessionLockLost, (await Assert.ThrowsAsync<BrokerException>(() => receiving)).Failure);
    }

    [Fact]
    public async Task Dispose_WhileAReceiverWaits_EndsItsWait()
    {
        var queue = await OpenAsync();
        var receiving = Receive(queue, 1, LongWait);
        await brokers[0].DisposeAsync();
        Assert.Equal(BrokerFailure.Closed, (await Assert.ThrowsAsync<BrokerException>(() => receiving)).Failure);
        Assert.Equal(BrokerFailure.Closed, (await Assert.ThrowsAsync<BrokerException>(() => Send(queue, "a"))).Failure);
    }

    [Fact]
    public async Task Queue_UnknownName_NamesThoseThereAre()
    {
        await OpenAsync();
        var refused = Assert.Throws<BrokerException>(() => brokers[0].Queue("other"));
        Assert.Equal(BrokerFailure.QueueNotFound, refused.Failure);
        Assert.Contains(Name, refused.Message, StringComparison.Ordinal);
        Assert.Same(brokers[0].Queue(Name), brokers[0].Queue(Name.ToUpperInvariant()));
    }

    [Fact]
    public async Task ManyReceivers_ManySenders_EveryMessageIsReceivedOnce()
    {
        const int Senders = 8, PerSender = 500;
        var broker = await EmbeddedBroker.OpenAsync(BrokerOptions(null), TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        brokers.Add(broker);
        var queue = broker.Queue(Name);
        var received = 0;
        using var done = new CancellationTokenSource();
        var receivers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                foreach (var message in await queue.ReceiveAsync(SubQueue.None, 3, ReceiveMode.PeekLock, LongWait, CancellationToken.None))
                {
                    await queue.CompleteAsync(message.LockToken, CancellationToken.None);
                    if (Interlocked.Increment(ref received) == Senders * PerSender)
                        await done.CancelAsync();
                }
            }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < PerSender; i++)
                await Send(queue, $"{sender}-{i}");
        })));
        await Eventually.HoldsAsync(() => done.IsCancellationRequested, "everything was received");
        await broker.DisposeAsync();
        foreach (var receiver in receivers)
            await receiver.ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.Equal(new QueueCounts(0, 0, 0, 0, 0), queue.Counts);
        Assert.Equal(Senders * PerSender, queue.Counters.Delivered);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var broker in brokers)
            await broker.DisposeAsync();
        folder.Dispose();
    }

    private static Task<long> Send(BrokerQueue queue, string id) => queue.SendAsync(TestQueue.Content(id), CancellationToken.None).AsTask();

    private static Task<IReadOnlyList<BrokeredMessage>> Receive(BrokerQueue queue, int max, TimeSpan maxWait) =>
        queue.ReceiveAsync(SubQueue.None, max, ReceiveMode.PeekLock, maxWait, CancellationToken.None).AsTask();

    private static EmbeddedBrokerOptions BrokerOptions(string? folder, QueueOptions? options = null) =>
        new() { Folder = folder, Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal) { [Name] = options ?? new QueueOptions() } };

    private async Task<BrokerQueue> OpenAsync(QueueOptions? options = null)
    {
        brokers.Add(await EmbeddedBroker.OpenAsync(BrokerOptions(folder.Path, options), time, NullLogger<EmbeddedBroker>.Instance));
        return brokers[^1].Queue(Name);
    }
}
