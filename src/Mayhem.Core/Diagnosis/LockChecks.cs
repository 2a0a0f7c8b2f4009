namespace Mayhem.Diagnosis;

/// <summary>MH1xx: locks and their renewal, against the queue, the host and the time a message is handled.</summary>
internal static class LockChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (Duration(setup) is { } duration)
            yield return duration;
        if (setup.Host is { } host)
        {
            if (host.AutoRenewal != TimeSpan.Zero)
            {
                yield return new Finding(Severity.Error, "MH102", "host.json: extensions.serviceBus.maxAutoLockRenewalDuration",
                    $"The host renews locks for {(host.AutoRenewal == Timeout.InfiniteTimeSpan ? "as long as a handler runs" : host.AutoRenewal)}, and Mayhem renews them too: a lock that Mayhem counts as lost may be held by the host.",
                    "Set it to \"00:00:00\"; if it is left out, the host renews for 5 minutes.");
            }
            if (PrefetchWait(setup, host) is var wait && wait > setup.Queue.LockDuration)
            {
                yield return new Finding(Severity.Warning, "MH103", "host.json: extensions.serviceBus.prefetchCount",
                    $"{host.Prefetch} messages are received ahead of {host.ConcurrentCalls} handlers and may wait {wait}, but their locks last {setup.Queue.LockDuration} and nobody renews them before their turn: they are delivered again, and each delivery counts.",
                    "Set prefetchCount to 0, or lower it.");
            }
            if (host.FunctionTimeout != Timeout.InfiniteTimeSpan && host.FunctionTimeout <= setup.Locks.MaxLockDuration)
            {
                yield return new Finding(Severity.Error, "MH104", "host.json: functionTimeout",
                    $"The host's time-out of {host.FunctionTimeout} is not longer than Mayhem:Locks:MaxLockDuration, {setup.Locks.MaxLockDuration}: the host ends the whole worker before Mayhem ends the one slow handler.",
                    $"Set functionTimeout above {setup.Locks.MaxLockDuration}, with room to settle, or lower Mayhem:Locks:MaxLockDuration.");
            }
        }
    }

    private static Finding? Duration(Setup setup)
    {
        var queue = setup.Queue.LockDuration;
        if (setup.Locks.Duration is not { } told || told == queue)
            return null;
        var (severity, consequence) = told > queue
            ? (Severity.Error, "renewals come too late, and locks are lost")
            : (Severity.Warning, "locks are renewed more often than needed, and given up while the broker still holds them");
        return new Finding(severity, "MH101", "Mayhem:Locks:Duration",
            $"Mayhem is told that locks last {told}, but the queue's lockDuration is {queue}: {consequence}.", $"Set Mayhem:Locks:Duration to {queue}, as the queue is.");
    }

    // Each prefetched message waits behind the ones before it, and each of those may wait in place.
    private static TimeSpan PrefetchWait(Setup setup, HostFacts host) =>
        Math.Ceiling((double)host.Prefetch / host.ConcurrentCalls) * setup.Recovery.InPlaceLimit;
}
