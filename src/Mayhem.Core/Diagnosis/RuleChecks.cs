namespace Mayhem.Diagnosis;

/// <summary>MH9xx: each failure rule against the time that a message has.</summary>
internal static class RuleChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        foreach (var rule in setup.Rules.All)
        {
            var key = $"Mayhem:Failures:{rule.Name}";
            if (RuleWaits.ShortestOfAll(rule) is var all && all > setup.Recovery.Deadline)
            {
                yield return new Finding(Severity.Warning, "MH901", key,
                    $"The {rule.MaxAttempts} attempts of the rule for {rule.Name} take {all} at least, but a message may be tried for {setup.Recovery.Deadline} (Mayhem:Retry:Deadline): the last attempts never happen.",
                    $"Lower {key}:MaxAttempts or its delays, or raise Mayhem:Retry:Deadline.");
            }
            if (setup.Queue.TimeToLive is { } life && RuleWaits.Longest(rule) is var longest && longest >= life)
            {
                yield return new Finding(Severity.Warning, "MH902", key,
                    $"The rule for {rule.Name} waits up to {longest}, but a message lives for {life}: it is dead-lettered as RetryWouldExpire instead of being retried.",
                    "Lower the rule's delays, or raise the queue's defaultMessageTimeToLive.");
            }
        }
    }
}
