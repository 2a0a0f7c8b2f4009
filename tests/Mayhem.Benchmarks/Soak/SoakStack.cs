using Azure.Messaging.ServiceBus;
using Mayhem.Benchmarks.Scenarios.Contenders;
using Mayhem.Benchmarks.Scenarios.Work;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Local.FunctionsHost;
using Mayhem.Local.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Benchmarks.Soak;

/// <summary>What is soaked: broker and ledger with journals on disk, host and app on top. The worker, or all of it, can be restarted at any time.</summary>
internal sealed class SoakStack(SoakBook book, DirectoryInfo folder, TimeSpan retention, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Lock = TimeSpan.FromSeconds(30);

    private EmbeddedBroker broker = null!;
    private EmbeddedLedger ledger = null!;
    private EmbeddedServiceBusClient client = null!;
    private ServiceBusSender sender = null!;
    private EmbeddedFunctionsHost host = null!;

    /// <summary>The queue.</summary>
    public BrokerQueue Queue => broker.Queue(BenchWorker.QueueName);

    /// <summary>Opens what is in the folder, and starts to work.</summary>
    public async Task OpenAsync()
    {
        var queue = new QueueOptions { LockDuration = Lock, MaxDeliveryCount = 20, DuplicateDetectionWindow = retention };
        broker = await EmbeddedBroker.OpenAsync(
            new EmbeddedBrokerOptions
            {
                Folder = Path.Combine(folder.FullName, "broker"),
                Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal) { [BenchWorker.QueueName] = queue },
                AuditRetention = retention,
            },
            time, NullLogger<EmbeddedBroker>.Instance);
        ledger = await EmbeddedLedger.OpenAsync(Path.Combine(folder.FullName, "ledger"), new EmbeddedLedgerOptions { Retention = retention }, time, NullLogger.Instance);
        client = new EmbeddedServiceBusClient(broker);
        sender = client.CreateSender(BenchWorker.QueueName);
        await StartWorkerAsync();
    }

    /// <summary>Sends a request: well-formed or not, once or twice, as its fate wants it.</summary>
    public async Task SendAsync(string id, SoakFate fate)
    {
        var request = new BenchRequest(fate == SoakFate.Malformed ? 0 : 1, id, "cattle-0001", "web", "soak@example.net", "soak");
        for (var times = fate == SoakFate.SentTwice ? 2 : 1; times > 0; times--)
            await sender.SendMessageAsync(new ServiceBusMessage(request.ToBytes()) { MessageId = id, CorrelationId = id });
    }

    /// <summary>Ends when nothing is in the queue but dead letters.</summary>
    public async Task SettledAsync()
    {
        while (Queue.Counts is not { Active: 0, Locked: 0, Scheduled: 0 })
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
    }

    /// <summary>Takes the dead letters out, as an operator would.</summary>
    public async Task TakeDeadLettersAsync()
    {
        var options = new ServiceBusReceiverOptions { SubQueue = Azure.Messaging.ServiceBus.SubQueue.DeadLetter, ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete };
        await using var receiver = client.CreateReceiver(BenchWorker.QueueName, options);
        while (Queue.Counts.DeadLettered > 0)
        {
            foreach (var message in await receiver.ReceiveMessagesAsync(100, TimeSpan.FromSeconds(1)))
                book.DeadLettered(message.CorrelationId);
        }
    }

    /// <summary>Ends the worker, whatever it is at, and starts another one.</summary>
    public async Task RestartWorkerAsync()
    {
        await host.DisposeAsync();
        await StartWorkerAsync();
    }

    /// <summary>Closes everything, and opens it again from the disk.</summary>
    public async Task ReopenAsync()
    {
        await DisposeAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await client.DisposeAsync();
        await broker.DisposeAsync();
        await ledger.DisposeAsync();
    }

    // Many calls at a time: those that wait in place for their next attempt take one each.
    private async Task StartWorkerAsync() => host = await BenchWorker.StartAsync(
        client, sender, ledger, new SoakTarget(book, Lock, time), BenchWorker.Settings(concurrency: 256, Lock, Path.Combine(folder.FullName, "reports")),
        receiver => new UnrenewableLocks(new EmbeddedMessageActions(receiver), book), time);
}
