namespace Mayhem.Diagnosis;

/// <summary>MH11xx: the targets of the inventory against the time that a message is handled, and what they may do.</summary>
internal static class TargetChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        foreach (var target in setup.Targets.Where(target => target.LongestWatch >= setup.Locks.MaxLockDuration))
        {
            yield return new Finding(Severity.Warning, "MH1101", $"Mayhem:Inventory:targets:{target.Name}",
                $"A restart of the target '{target.Name}' may be watched for {target.LongestWatch} (timeLimit and health:limit), but a message is handled for {setup.Locks.MaxLockDuration} at most: a slow restart uses up attempts of the rule for time-outs.",
                $"Lower timeLimit or health:limit, or raise Mayhem:Locks:MaxLockDuration above {target.LongestWatch}.");
        }
        if (setup.Targets.Where(target => target.IsDryRun).Select(target => target.Name).ToList() is { Count: > 0 } idle)
        {
            yield return new Finding(Severity.Note, "MH1102", "Mayhem:DryRun",
                $"Restarts of {(idle.Count == 1 ? "the target" : "the targets")} {string.Join(", ", idle)} are recorded, but not done.",
                "Set Mayhem:DryRun to false when they are to be done.");
        }
    }
}
