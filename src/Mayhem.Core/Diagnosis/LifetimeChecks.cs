namespace Mayhem.Diagnosis;

/// <summary>MH4xx: how long messages live, against how long they are retried.</summary>
internal static class LifetimeChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (setup.Queue.TimeToLive is { } life && life <= setup.Recovery.Deadline)
        {
            yield return new Finding(Severity.Warning, "MH401", "defaultMessageTimeToLive",
                $"A message lives for {life}, not longer than it may be retried, {setup.Recovery.Deadline} (Mayhem:Retry:Deadline): retries end early, as RetryWouldExpire.",
                $"Set the queue's defaultMessageTimeToLive above {setup.Recovery.Deadline}, or lower Mayhem:Retry:Deadline.");
        }
        if (!setup.Queue.DeadLettersExpired)
        {
            yield return new Finding(Severity.Warning, "MH402", "deadLetteringOnMessageExpiration",
                "A message that expires in the queue, by the queue's time to live or by its own, vanishes without a trace.",
                "Set the queue's deadLetteringOnMessageExpiration to true.");
        }
    }
}
