using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>The host's own renewal of locks, for as long as <c>maxAutoLockRenewalDuration</c> allows. The app's renewal goes on beside it.</summary>
internal static class AutoLockRenewal
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Renews a message's lock until the token is cancelled. Never throws.</summary>
    public static Task KeepAsync(ServiceBusReceivedMessage message, ServiceBusReceiver receiver, TimeSpan limit, TimeProvider time, ILogger logger, CancellationToken over) =>
        receiver is ServiceBusSessionReceiver
            ? Task.CompletedTask // The session's lock covers its messages.
            : KeepAsync($"message {message.MessageId}", message.LockedUntil, token => receiver.RenewMessageLockAsync(message, token), limit, time, logger, over);

    /// <summary>Renews a session's lock until the token is cancelled. Never throws.</summary>
    public static Task KeepAsync(ServiceBusSessionReceiver session, TimeSpan limit, TimeProvider time, ILogger logger, CancellationToken over) =>
        KeepAsync($"session {session.SessionId}", session.SessionLockedUntil, session.RenewSessionLockAsync, limit, time, logger, over);

    /// <summary>How long to wait before renewing a lock that has this much left: half of it, or all but 10 seconds if that is later.</summary>
    public static TimeSpan DelayFor(TimeSpan left) =>
        left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(left.Ticks / 2, left.Ticks - Reserve.Ticks));

    private static async Task KeepAsync(
        string what, DateTimeOffset lockedUntil, Func<CancellationToken, Task> renew, TimeSpan limit, TimeProvider time, ILogger logger, CancellationToken over)
    {
        if (limit == TimeSpan.Zero)
            return;
        var began = time.GetTimestamp();
        var delay = DelayFor(lockedUntil - time.GetUtcNow());
        var length = delay > Again ? delay : Again;
        try
        {
            while (limit == Timeout.InfiniteTimeSpan || time.GetElapsedTime(began) + delay <= limit)
            {
                await Task.Delay(delay, time, over);
                delay = await TryRenewAsync(what, renew, logger, over) ? length : Again;
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
        catch (ServiceBusException lost) when (lost.Reason is ServiceBusFailureReason.MessageLockLost or ServiceBusFailureReason.SessionLockLost or ServiceBusFailureReason.MessageNotFound)
        {
            Log.LockLost(logger, lost, what);
        }
    }

    private static async Task<bool> TryRenewAsync(string what, Func<CancellationToken, Task> renew, ILogger logger, CancellationToken over)
    {
        try
        {
            await renew(over);
            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException
            and not ServiceBusException { Reason: ServiceBusFailureReason.MessageLockLost or ServiceBusFailureReason.SessionLockLost or ServiceBusFailureReason.MessageNotFound })
        {
            Log.LockNotRenewed(logger, failed, what);
            return false;
        }
    }
}
