namespace Mayhem.Diagnosis;

/// <summary>MH3xx: duplicate detection, against how long messages are retried.</summary>
internal static class DuplicateChecks
{
    private const string WindowKey = "duplicateDetectionHistoryTimeWindow";

    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (setup.Queue.DuplicateWindow is not { } window)
        {
            yield return new Finding(Severity.Note, "MH301", "requiresDuplicateDetection",
                "The queue does not detect duplicates. That is safe: the ledger restarts a host once for each request. But a retry may be scheduled twice after a crash, and a request that is sent twice is delivered twice.",
                "Create the queue with requiresDuplicateDetection; it cannot be switched on later.");
            yield break;
        }

        var deadline = setup.Recovery.Deadline;
        var slowest = setup.Rules.All.MaxBy(RuleWaits.Longest)!;
        var delay = RuleWaits.Longest(slowest);
        if (window < delay)
        {
            yield return new Finding(Severity.Warning, "MH303", WindowKey,
                $"The queue remembers ids for {window}, but the rule for {slowest.Name} delays a retry by up to {delay}: its id is forgotten before it is delivered, and a second copy would not be noticed.",
                $"Set {WindowKey} to {Later(deadline, delay)} or more, or lower the delay under Mayhem:Failures:{slowest.Name}.");
        }
        else if (window < deadline)
        {
            yield return new Finding(Severity.Warning, "MH302", WindowKey,
                $"The queue remembers ids for {window}, but a message may be retried for {deadline} (Mayhem:Retry:Deadline): a request that is sent again meanwhile, or a retry that is scheduled again, is not noticed.",
                $"Set {WindowKey} to {deadline} or more, or lower Mayhem:Retry:Deadline.");
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
