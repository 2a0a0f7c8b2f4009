namespace Mayhem.Locks;

/// <summary>The lock of one message, as its broker renews it.</summary>
public interface IRenewableLock
{
    /// <summary>Renews the lock for its full length.</summary>
    /// <param name="cancellationToken">Fires when the answer is not needed any more.</param>
    Task RenewLockAsync(CancellationToken cancellationToken);
}
