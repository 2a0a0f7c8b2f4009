namespace Mayhem.Diagnosis;

/// <summary>MH5xx: whether the ledger remembers a request for as long as its message can come back.</summary>
internal static class LedgerChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (setup.Ledger is { InMemory: true, Restarts: true })
        {
            yield return new Finding(Severity.Error, "MH501", "Mayhem:Ledger:Directory",
                "Hosts are restarted (Mayhem:DryRun is false), but the ledger is kept in memory: after a restart of this process a host can be restarted twice for one request.",
                "Name a directory that survives the process in Mayhem:Ledger:Directory, or a database in Mayhem:Ledger:Postgres, or set Mayhem:DryRun to true.");
        }

        var horizon = setup.Recovery.Deadline + (setup.Queue.MaxDeliveryCount * setup.Queue.LockDuration);
        if (setup.Ledger.Retention < horizon)
        {
            yield return new Finding(Severity.Error, "MH502", "Mayhem:Retry:Deadline",
                $"The ledger remembers a request for {setup.Ledger.Retention}, but its message can come back for {horizon} (Mayhem:Retry:Deadline plus maxDeliveryCount times lockDuration): its host could be restarted again.",
                $"Lower Mayhem:Retry:Deadline, or the queue's maxDeliveryCount or lockDuration, by {horizon - setup.Ledger.Retention} together.");
        }
    }
}
