using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Configuration;

namespace Mayhem.Functions.Telemetry.Signals;

/// <summary>Finds out how long the oldest message has been waiting: Service Bus has no metric for it.</summary>
internal sealed class QueueAge(ServiceBusClient client, MayhemOptions options, TimeProvider timeProvider)
{
    // Beyond so many scheduled copies at the front of a queue its age is not what is wrong with it.
    private const int Most = 100;

    private ServiceBusReceiver? receiver;

    /// <summary>How long the oldest message that could be handled has been in the queue, those under a lock included; zero if there is none.</summary>
    public async Task<TimeSpan> OfOldestAsync(CancellationToken cancellationToken)
    {
        receiver ??= client.CreateReceiver(options.Queue);
        var messages = await receiver.PeekMessagesAsync(Most, fromSequenceNumber: 0, cancellationToken);
        var now = timeProvider.GetUtcNow();
        var oldest = messages.Where(message => message.State == ServiceBusMessageState.Active).Min(message => (DateTimeOffset?)message.EnqueuedTime) ?? now;
        return oldest < now ? now - oldest : TimeSpan.Zero;
    }
}
