using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.ServiceBus;

/// <summary>What a function acts on its message's session with. A failure comes back as <see cref="EmbeddedRpcException"/>, as with <see cref="EmbeddedMessageActions"/>.</summary>
/// <param name="session">The session's receiver.</param>
public sealed class EmbeddedSessionActions(ServiceBusSessionReceiver session) : ServiceBusSessionMessageActions
{
    /// <inheritdoc />
    public override DateTimeOffset SessionLockedUntil => session.SessionLockedUntil;

    /// <inheritdoc />
    public override Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(async () => await session.GetSessionStateAsync(cancellationToken) ?? new BinaryData(Array.Empty<byte>()));

    /// <inheritdoc />
    public override Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(() => session.SetSessionStateAsync(sessionState, cancellationToken));

    /// <summary>Nothing: the host lets the session go when the function has ended.</summary>
    public override Task ReleaseSession(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc />
    public override Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        EmbeddedRpcException.CallAsync(() => session.RenewSessionLockAsync(cancellationToken));
}
