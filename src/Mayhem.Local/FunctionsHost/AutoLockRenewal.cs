using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>The host's own renewal of locks, for as long as <c>maxAutoLockRenewalDuration</c> allows. The app's renewal goes on beside it.</summary>
internal sealed class AutoLockRenewal : IAsyncDisposable
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource over = new();
    private readonly Task renewing;

    private AutoLockRenewal(string what, DateTimeOffset lockedUntil, Func<CancellationToken, Task> renew, TimeSpan limit, TimeProvider time, ILogger logger) =>
        renewing = KeepAsync(what, lockedUntil, renew, limit, time, logger, over.Token);

    /// <summary>Renews a message's lock from now on; null if the host renews none, or the lock of a session covers the message.</summary>
    public static AutoLockRenewal? Of(ServiceBusReceivedMessage message, ServiceBusReceiver receiver, TimeSpan limit, TimeProvider time, ILogger logger) =>
        limit == TimeSpan.Zero || receiver is ServiceBusSessionReceiver ? null : Begin(message, receiver, limit, time, logger);

    /// <summary>Renews a session's lock from now on; null if the host renews none.</summary>
    public static AutoLockRenewal? Of(ServiceBusSessionReceiver session, TimeSpan limit, TimeProvider time, ILogger logger) => limit == TimeSpan.Zero
        ? null
        : new AutoLockRenewal($"session {session.SessionId}", session.SessionLockedUntil, session.RenewSessionLockAsync, limit, time, logger);

    /// <summary>Ends the renewal. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await renewing;
        over.Dispose();
    }

    /// <summary>How long to wait before renewing a lock that has this much left: half of it, or all but 10 seconds if that is later.</summary>
    public static TimeSpan DelayFor(TimeSpan left) =>
        left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(left.Ticks / 2, left.Ticks - Reserve.Ticks));

    private static AutoLockRenewal Begin(ServiceBusReceivedMessage message, ServiceBusReceiver receiver, TimeSpan limit, TimeProvider time, ILogger logger) =>
        new($"message {message.MessageId}", message.LockedUntil, token => receiver.RenewMessageLockAsync(message, token), limit, time, logger);

    // Never throws.
    private static async Task KeepAsync(
        string what, DateTimeOffset lockedUntil, Func<CancellationToken, Task> renew, TimeSpan limit, TimeProvider time, ILogger logger, CancellationToken over)
    {
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
