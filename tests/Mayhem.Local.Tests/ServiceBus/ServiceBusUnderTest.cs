using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Mayhem.Local.Broker;
using Mayhem.Local.ServiceBus;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Local.Tests.ServiceBus;

/// <summary>An embedded broker in memory, seen through the types of the SDK alone.</summary>
public abstract class ServiceBusUnderTest : IAsyncLifetime
{
    protected const string Queue = "restarts";
    protected const string SessionQueue = "ordered";
    protected static readonly TimeSpan AtOnce = TimeSpan.FromTicks(1);

    private EmbeddedBroker broker = null!;

    protected ManualTimeProvider Time { get; } = new();

    protected ServiceBusClient Client { get; private set; } = null!;

    protected ServiceBusAdministrationClient Administration { get; private set; } = null!;

    protected ServiceBusSender Sender => Client.CreateSender(Queue);

    protected ServiceBusReceiver Receiver => Client.CreateReceiver(Queue);

    protected ServiceBusReceiver DeadLetters => Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { SubQueue = Azure.Messaging.ServiceBus.SubQueue.DeadLetter });

    public async Task InitializeAsync()
    {
        broker = await EmbeddedBroker.OpenAsync(new EmbeddedBrokerOptions
        {
            Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal)
            {
                [Queue] = new() { MaxDeliveryCount = 2, DuplicateDetectionWindow = TimeSpan.FromMinutes(10), MaxMessageBytes = 1024 },
                [SessionQueue] = new() { RequiresSession = true },
            },
        }, Time, NullLogger<EmbeddedBroker>.Instance);
        Client = new EmbeddedServiceBusClient(broker);
        Administration = new EmbeddedAdministrationClient(broker);
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await broker.DisposeAsync();
    }

    protected static ServiceBusMessage Message(string id) => new("body of " + id) { MessageId = id };

    protected async Task<ServiceBusReceivedMessage> SentAndReceivedAsync(ServiceBusMessage message)
    {
        await Sender.SendMessageAsync(message);
        return await ReceivedAsync(Receiver);
    }

    /// <summary>Receives one message that must be there.</summary>
    protected static async Task<ServiceBusReceivedMessage> ReceivedAsync(ServiceBusReceiver receiver)
    {
        var receiving = receiver.ReceiveMessageAsync(TimeSpan.FromDays(1));
        Assert.True(receiving.IsCompleted, "There is no message.");
        return await receiving;
    }

    /// <summary>Receives until the wait is over, and finds nothing.</summary>
    protected async Task NothingIsReceivedAsync(ServiceBusReceiver receiver)
    {
        var receiving = receiver.ReceiveMessageAsync(AtOnce);
        Time.Advance(AtOnce);
        Assert.Null(await receiving);
    }

    protected static async Task RefusedAsync(ServiceBusFailureReason reason, Func<Task> call) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<ServiceBusException>(call)).Reason);
}
