using Mayhem.AzureSurface;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Acts on the session of an invocation's message through the Functions host.</summary>
public class ServiceBusSessionMessageActions
{
    protected ServiceBusSessionMessageActions()
    {
    }

    public virtual DateTimeOffset SessionLockedUntil { get; protected set; }

    public virtual Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSessionMessageActions.GetSessionStateAsync");

    public virtual Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSessionMessageActions.SetSessionStateAsync");

    public virtual Task ReleaseSession(CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSessionMessageActions.ReleaseSession");

    public virtual Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusSessionMessageActions.RenewSessionLockAsync");
}
