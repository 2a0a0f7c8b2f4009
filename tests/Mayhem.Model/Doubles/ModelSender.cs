using Azure.Messaging.ServiceBus;
using Mayhem.Model.Histories;
using Mayhem.Model.Worlds;

namespace Mayhem.Model.Doubles;

/// <summary>The way of retry copies from one process to the broker.</summary>
internal sealed class ModelSender(WorkerProcess process, ServiceBusSender inner) : ServiceBusSender
{
    public override async Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        var delivery = DeliveryRun.Current;
        delivery.Schedules(message, scheduledEnqueueTime);
        var number = await process.CallAsync(
            Call.Schedule, () => inner.ScheduleMessageAsync(message, scheduledEnqueueTime, cancellationToken), Flaws.Make, cancellationToken);
        delivery.CopyIsAcknowledged = true;
        return number;
    }
}
