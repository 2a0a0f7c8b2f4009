using Azure.Messaging.ServiceBus;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>What was scheduled, and with which token.</summary>
internal sealed record Scheduled(ServiceBusMessage Message, DateTimeOffset DueAt, CancellationToken Token);

/// <summary>Records what is scheduled.</summary>
internal sealed class RecordingSender(List<Scheduled> scheduled) : ServiceBusSender
{
    public override Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        scheduled.Add(new Scheduled(message, scheduledEnqueueTime, cancellationToken));
        return Task.FromResult((long)scheduled.Count);
    }

    public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        scheduled.Add(new Scheduled(message, DateTimeOffset.MinValue, cancellationToken));
        return Task.CompletedTask;
    }

    public override Task CloseAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}

/// <summary>A namespace without a network.</summary>
internal sealed class OfflineClient(List<Scheduled> scheduled) : ServiceBusClient
{
    public override ServiceBusSender CreateSender(string queueOrTopicName)
    {
        Assert.Equal("restarts", queueOrTopicName);
        return new RecordingSender(scheduled);
    }

#pragma warning disable CA2215 // The SDK's own would close a connection that was never made.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
#pragma warning restore CA2215
}
