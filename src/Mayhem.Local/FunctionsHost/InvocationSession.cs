using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost;

/// <summary>
/// The session of one invocation's message. Remembers whether the function asked to release it, which the host does when the function has ended, and stops working then.
/// </summary>
internal sealed class InvocationSession(ServiceBusSessionMessageActions inner, string sessionId) : ServiceBusSessionMessageActions
{
    private volatile bool releases;
    private volatile bool ended;

    public bool Releases => releases;

    public override DateTimeOffset SessionLockedUntil => inner.SessionLockedUntil;

    public void End() => ended = true;

    public override Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfEnded();
        return inner.GetSessionStateAsync(cancellationToken);
    }

    public override Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default)
    {
        ThrowIfEnded();
        return inner.SetSessionStateAsync(sessionState, cancellationToken);
    }

    public override async Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        ThrowIfEnded();
        await inner.ReleaseSession(cancellationToken);
        releases = true;
    }

    public override Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfEnded();
        return inner.RenewSessionLockAsync(cancellationToken);
    }

    private void ThrowIfEnded()
    {
        if (ended)
            throw new InvalidOperationException($"SessionId {sessionId} not found: the invocation that a message of the session was given to has ended.");
    }
}
