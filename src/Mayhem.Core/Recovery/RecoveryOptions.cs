namespace Mayhem.Recovery;

/// <summary>How failed messages are tried again. Bound from <c>Mayhem:Retry</c>.</summary>
public sealed class RecoveryOptions
{
    /// <summary>
    /// Delays shorter than this are waited for in place, with the lock renewed; longer ones become a scheduled copy. 5 s by default; 0 to 5 minutes.
    /// A waiting message holds one of <c>maxConcurrentCalls</c>.
    /// </summary>
    public TimeSpan InPlaceLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a message may be tried in all, from when the broker accepted it; 1 hour by default, 1 minute to 7 days. Then it is dead-lettered as RetriesExhausted.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// After how many deaths of the process on one message it is dead-lettered as HostCrash; 3 by default, 1 to 100. MaxDeliveryCount of the queue must be larger.
    /// A death hits all messages in flight: before the last one the message is handled alone, see <see cref="Quarantine"/>. With 1, each death counts.
    /// </summary>
    public int CrashLimit { get; set; } = 3;

    /// <summary>How long to wait before asking again for a request that somebody else is carrying out; 1 s by default, 10 ms to 1 minute.</summary>
    public TimeSpan InFlightDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// On a queue with sessions, whether a longer delay becomes a scheduled copy as on other queues, which the later messages of the session overtake.
    /// False by default: the message waits in place, and its session waits with it.
    /// </summary>
    public bool ReorderSessions { get; set; }

    /// <summary>What is wrong with the values, each as a sentence that starts with the key.</summary>
    public IEnumerable<string> Errors()
    {
        if (InPlaceLimit < TimeSpan.Zero || InPlaceLimit > TimeSpan.FromMinutes(5))
            yield return $"Mayhem:Retry:{nameof(InPlaceLimit)} is '{InPlaceLimit}'; allowed is 00:00:00 to 00:05:00.";
        if (Deadline < TimeSpan.FromMinutes(1) || Deadline > TimeSpan.FromDays(7))
            yield return $"Mayhem:Retry:{nameof(Deadline)} is '{Deadline}'; allowed is 00:01:00 to 7.00:00:00.";
        if (CrashLimit is < 1 or > 100)
            yield return $"Mayhem:Retry:{nameof(CrashLimit)} is '{CrashLimit}'; allowed is a whole number from 1 to 100.";
        if (InFlightDelay < TimeSpan.FromMilliseconds(10) || InFlightDelay > TimeSpan.FromMinutes(1))
            yield return $"Mayhem:Retry:{nameof(InFlightDelay)} is '{InFlightDelay}'; allowed is 00:00:00.01 to 00:01:00.";
    }
}
