using Azure.Messaging.ServiceBus;
using Mayhem.Benchmarks.Scenarios.Work;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Local.FunctionsHost;
using Mayhem.Local.ServiceBus;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>
/// The whole of Mayhem, as <c>mayhem up</c> runs it but for hosts and console: broker, Functions host, middleware, parser, locks, ledger, settlement, reports. The journal is in memory or in a folder; reports go to a folder.
/// </summary>
internal sealed class MayhemWhole(bool durable) : IContender
{
    private readonly string folder = Directory.CreateTempSubdirectory("mayhem-bench-").FullName;
    private EmbeddedBroker broker = null!;
    private EmbeddedLedger ledger = null!;
    private EmbeddedServiceBusClient client = null!;
    private ServiceBusSender sender = null!;
    private EmbeddedFunctionsHost host = null!;
    private Outbox<ServiceBusMessage> outbox = null!;

    public RenewalLateness? Renewals { get; private set; }

    private BrokerQueue Queue => broker.Queue(BenchWorker.QueueName);

    public async Task StartAsync(Workload workload, Handler handler)
    {
        var queue = new QueueOptions { LockDuration = workload.Lock, MaxDeliveryCount = 20 };
        broker = await EmbeddedBroker.OpenAsync(
            new EmbeddedBrokerOptions { Folder = durable ? Path.Combine(folder, "broker") : null, Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal) { [BenchWorker.QueueName] = queue } },
            TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        ledger = EmbeddedLedger.InMemory(TimeProvider.System);
        client = new EmbeddedServiceBusClient(broker);
        sender = client.CreateSender(BenchWorker.QueueName);
        Renewals = workload.RenewsLocks ? new RenewalLateness(workload.Messages * 16) : null;
        host = await BenchWorker.StartAsync(
            client, sender, ledger, new HandlerTarget(handler), Settings(workload),
            Renewals is { } renewals
                ? receiver => new TimedRenewals(new EmbeddedMessageActions(receiver), workload.Lock, renewals)
                : receiver => new EmbeddedMessageActions(receiver),
            TimeProvider.System);
    }

    public void Prepare(IReadOnlyList<BenchRequest> requests) => outbox = new Outbox<ServiceBusMessage>(requests.Select(request =>
        new ServiceBusMessage(request.ToBytes()) { MessageId = request.RequestId, CorrelationId = request.RequestId }));

    public ValueTask SendAsync(int number) => new(sender.SendMessageAsync(outbox.Take(number)));

    public async Task SettledAsync()
    {
        while (Queue.Counts is not { Active: 0, Locked: 0, Scheduled: 0 })
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await client.DisposeAsync();
        await broker.DisposeAsync();
        await ledger.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Dictionary<string, string?> Settings(Workload workload) => new(
        BenchWorker.Settings(workload.Concurrency, workload.Lock, Path.Combine(folder, "reports")), StringComparer.OrdinalIgnoreCase)
    {
        // As the others do: at once in place, later by a copy.
        ["Mayhem:Failures:RestartFailedException:Delay"] = "00:00:00",
        ["Mayhem:Retry:InPlaceLimit"] = "00:00:00.050",
    };

    private sealed class HandlerTarget(Handler handler) : IRestartTarget
    {
        public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
        {
            try
            {
                await handler.HandleAsync(order.Request.RequestId, order.Request.Reason!, order.Attempt);
                return new IssuedRestart(order.Request.RequestId);
            }
            catch (TransientException failure)
            {
                throw new RestartFailedException(failure.Message, failure);
            }
            catch (LaterException failure)
            {
                throw new RestartThrottledException(failure.Message, Handler.Delay, failure);
            }
            catch (FatalException failure)
            {
                throw new HostNotFoundException(order.Request.Host, failure);
            }
        }

        public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult<IssuedRestart?>(null);
    }
}
