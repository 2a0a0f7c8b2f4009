using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>Watches the scheduling of copies. What the scheduler of restarts publishes passes.</summary>
internal sealed class DyingSender(ServiceBusSender inner, KillSwitch killSwitch) : ServiceBusSender
{
    public override string EntityPath => inner.EntityPath;

    public override string FullyQualifiedNamespace => inner.FullyQualifiedNamespace;

    public override string Identifier => inner.Identifier;

    public override bool IsClosed => inner.IsClosed;

    public override async Task<long> ScheduleMessageAsync(
        ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var number = await inner.ScheduleMessageAsync(message, scheduledEnqueueTime, cancellationToken);
        killSwitch.Pass(KillPoint.AfterSchedule, message.CorrelationId);
        return number;
    }

    public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => inner.SendMessageAsync(message, cancellationToken);

    public override Task CloseAsync(CancellationToken cancellationToken = default) => inner.CloseAsync(cancellationToken);
}
