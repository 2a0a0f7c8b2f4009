#nullable disable
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives the messages of one session, in order, while it holds the session's lock.</summary>
public class ServiceBusSessionReceiver : ServiceBusReceiver
{
    protected ServiceBusSessionReceiver()
    {
    }

    public override bool IsClosed => base.IsClosed;

    public virtual string SessionId { get; }

    public virtual DateTimeOffset SessionLockedUntil { get; }

    public virtual Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSessionReceiver.GetSessionStateAsync");

    public virtual Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSessionReceiver.RenewSessionLockAsync");

    public virtual Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSessionReceiver.SetSessionStateAsync");
}
