using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Brings the messages of one queue to one function.</summary>
internal interface IListener : IAsyncDisposable
{
    /// <summary>Begins to receive.</summary>
    void Start();

    /// <summary>Stops to receive; ends when no further message will be started. What is running runs on.</summary>
    Task StopReceivingAsync();
}

/// <summary>Listens on a queue without sessions.</summary>
internal sealed class QueueListener(
    ServiceBusClient client, string queue, StartInvocation start, ServiceBusHostSettings settings, TimeProvider time, ILogger logger)
    : IListener
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ServiceBusReceiver receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions());
    private Task pumping = Task.CompletedTask;

    public void Start()
    {
        var pump = new MessagePump(receiver, start, new PumpSettings(settings.MaxConcurrentCalls, settings.PrefetchCount, settings.TryTimeout, UntilIdle: false), time, logger);
        pumping = Task.Run(() => pump.RunAsync(stopping.Token));
    }

    public async Task StopReceivingAsync()
    {
        await stopping.CancelAsync();
        await pumping;
    }

    public async ValueTask DisposeAsync()
    {
        stopping.Dispose();
        await receiver.DisposeAsync();
    }
}
