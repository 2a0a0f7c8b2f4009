using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Work;
using Mayhem.Local.Broker;
using Mayhem.Local.ServiceBus;
using Mayhem.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using SdkSubQueue = Azure.Messaging.ServiceBus.SubQueue;

namespace Mayhem.DeadLetters.Tests;

/// <summary>A bench over the SDK's types, served by an embedded broker in memory.</summary>
public abstract class BenchUnderTest : IAsyncLifetime
{
    protected const string Queue = "restarts";
    protected const string SessionQueue = "ordered";
    protected static readonly BenchOrder Order = new() { By = "ops@example.net", Reason = "the host is back" };

    private EmbeddedBroker broker = null!;

    protected RecordingAudit Audit { get; } = new();

    protected ServiceBusClient Client { get; private set; } = null!;

    protected DeadLetterBench Bench => BenchOf(Client);

    protected BrokerQueue Broker => broker.Queue(Queue);

    protected virtual TimeSpan? DuplicateWindow => TimeSpan.FromMinutes(10);

    public async Task InitializeAsync()
    {
        broker = await EmbeddedBroker.OpenAsync(new EmbeddedBrokerOptions
        {
            Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal)
            {
                [Queue] = new() { DuplicateDetectionWindow = DuplicateWindow },
                [SessionQueue] = new() { RequiresSession = true },
            },
        }, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        Client = new EmbeddedServiceBusClient(broker);
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await broker.DisposeAsync();
    }

    protected DeadLetterBench BenchOf(ServiceBusClient client, string queue = Queue) =>
        new(client, queue, Audit, TimeProvider.System, new DeadLetterBenchOptions { ReceiveWait = TimeSpan.FromMilliseconds(50) });

    protected static byte[] Request(string id, string host = "web-1", string group = "web") =>
        Encoding.UTF8.GetBytes($$"""{"version":1,"requestId":"{{id}}","host":"{{host}}","group":"{{group}}","requester":"ops","reason":"stuck"}""");

    protected static ServiceBusMessage Message(string id, string host = "web-1", string group = "web") => new(Request(id, host, group)) { MessageId = id, CorrelationId = id };

    /// <summary>Sends messages and dead-letters them, as Mayhem does.</summary>
    protected async Task KillAsync(IEnumerable<ServiceBusMessage> messages, string reason = "RetriesExhausted", Dictionary<string, object>? stamps = null, string queue = Queue)
    {
        await using var sender = Client.CreateSender(queue);
        foreach (var message in messages)
        {
            await sender.SendMessageAsync(message);
            await using var receiver = queue == SessionQueue ? await Client.AcceptNextSessionAsync(queue) : Client.CreateReceiver(queue);
            var received = await receiver.ReceiveMessageAsync();
            await receiver.DeadLetterMessageAsync(received, stamps ?? Stamps(), reason, $"{reason} it is.");
        }
    }

    protected Task KillAsync(params string[] ids) => KillAsync(ids.Select(id => Message(id)));

    protected static Dictionary<string, object> Stamps() => new(StringComparer.Ordinal)
    {
        [MessageProperties.Attempt] = 5,
        [MessageProperties.Budgets] = "System.TimeoutException=5",
        [MessageProperties.FirstEnqueuedAt] = "2026-11-20T12:00:00.0000000+00:00",
        [MessageProperties.Copy] = 4,
        [MessageProperties.Held] = 30,
        [MessageProperties.History] = """[{"class":"Transient","type":"System.TimeoutException","fingerprint":"abc","at":"2026-11-20T12:00:00Z","instance":"i/1"}]""",
        [MessageProperties.Fingerprint] = "abc",
        [MessageProperties.ReportId] = "report-1",
        [MessageProperties.ExceptionType] = "System.TimeoutException",
    };

    protected async Task<IReadOnlyList<ServiceBusReceivedMessage>> QueuedAsync(string queue = Queue)
    {
        await using var receiver = Client.CreateReceiver(queue);
        return await receiver.PeekMessagesAsync(1000, 0);
    }

    protected async Task<IReadOnlyList<ServiceBusReceivedMessage>> DeadAsync(string queue = Queue)
    {
        await using var receiver = Client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SdkSubQueue.DeadLetter });
        return await receiver.PeekMessagesAsync(1000, 0);
    }

    protected async Task<long> NumberOfAsync(string messageId, string queue = Queue) => (await DeadAsync(queue)).Single(dead => dead.MessageId == messageId).SequenceNumber;

    protected static DeadLetterFilter Host(string pattern) => new() { Host = pattern };
}
