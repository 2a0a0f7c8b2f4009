namespace Mayhem.Diagnosis;

/// <summary>MH10xx: how long the messages of a group are held back, against the time and the places that they have.</summary>
internal static class BreakerChecks
{
    private const string MaxBreak = "Mayhem:Breaker:MaxBreakDuration";
    private const string FirstBreak = "Mayhem:Breaker:BreakDuration";
    private const string SharedDelay = "Mayhem:Breaker:MaxSharedDelay";

    public static IEnumerable<Finding> Of(Setup setup)
    {
        var breaker = setup.Breaker;
        if (!breaker.Enabled)
            yield break;
        foreach (var (key, wait) in new[] { (MaxBreak, breaker.MaxBreakDuration), (SharedDelay, breaker.MaxSharedDelay) })
        {
            if (wait >= setup.Recovery.Deadline)
            {
                yield return new Finding(Severity.Warning, "MH1001", key,
                    $"The messages of a group may be held back for {wait}, not less than a message may be tried, {setup.Recovery.Deadline} (Mayhem:Retry:Deadline): they are dead-lettered as RetriesExhausted without an attempt.",
                    $"Lower {key} well below {setup.Recovery.Deadline}, or raise Mayhem:Retry:Deadline.");
            }
            else if (setup.Queue.TimeToLive is { } life && wait >= life)
            {
                yield return new Finding(Severity.Warning, "MH1002", key,
                    $"The messages of a group may be held back for {wait}, but a message lives for {life}: they are dead-lettered as RetryWouldExpire.",
                    $"Lower {key}, or raise the queue's defaultMessageTimeToLive.");
            }
        }
        if (!setup.Queue.RequiresSession && breaker.BreakDuration < setup.Recovery.InPlaceLimit)
        {
            yield return new Finding(Severity.Warning, "MH1003", FirstBreak,
                $"A breaker opens for {breaker.BreakDuration} at first, which messages wait for in place (Mayhem:Retry:InPlaceLimit is {setup.Recovery.InPlaceLimit}): those of a broken group take the places of maxConcurrentCalls from all other groups.",
                $"Raise {FirstBreak} to {setup.Recovery.InPlaceLimit} or more, or lower Mayhem:Retry:InPlaceLimit.");
        }
    }
}
