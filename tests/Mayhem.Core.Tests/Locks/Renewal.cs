using Mayhem.Locks;

namespace Mayhem.Core.Tests.Locks;

/// <summary>A lock that is renewed by calling a function.</summary>
internal sealed class Renewal(Func<CancellationToken, Task> renew) : IRenewableLock
{
    public Task RenewLockAsync(CancellationToken cancellationToken) => renew(cancellationToken);
}

internal static class Renewals
{
    public static LockHandle Hold(this LockRenewer renewer, string messageId, TimeSpan remaining, TimeSpan length, Func<CancellationToken, Task> renew) =>
        renewer.Hold(messageId, remaining, length, new Renewal(renew));
}
