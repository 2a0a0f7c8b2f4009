using Azure.Messaging.ServiceBus;

namespace Mayhem.DeadLetters.Work;

/// <summary>The lock of a received dead letter, by a monotonic clock. Its length is what the broker gave at first: a renewal is as long.</summary>
internal sealed class MessageLock(ServiceBusReceivedMessage message, TimeProvider time)
{
    // The wall clocks of broker and operator may differ: a length that cannot be is taken for a short one, and renewed early.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly TimeSpan length = Clamp(message.LockedUntil - time.GetUtcNow());
    private long since = time.GetTimestamp();

    /// <summary>True if it should be renewed before the message is worked on.</summary>
    public bool IsHalfOver => time.GetElapsedTime(since) * 2 >= length;

    /// <summary>Renews it.</summary>
    /// <returns>False if it is lost, or the broker cannot be reached: then the message must be left alone.</returns>
    public async Task<bool> TryRenewAsync(ServiceBusReceiver receiver)
    {
        var before = time.GetTimestamp();
        try
        {
            await receiver.RenewMessageLockAsync(message, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return false;
        }

        since = before;
        return true;
    }

    private static TimeSpan Clamp(TimeSpan span) => span < Shortest ? Shortest : span > Longest ? Longest : span;
}
