using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Observation;

namespace Mayhem.Cli.Up.Results;

/// <summary>Works the summary out from what is on record.</summary>
internal static class SummaryCalculator
{
    private const string NoReason = "(no reason)";

    /// <summary>Sums a run up.</summary>
    public static Summary Calculate(RunRecords records)
    {
        return new Summary
        {
            Published = records.Published,
            DistinctRequests = records.DistinctRequests,
            Restarted = CountEnded(records, RestartState.Restarted),
            WouldRestart = CountEnded(records, RestartState.WouldRestart),
            DuplicatesSuppressed = records.Queue.DuplicatesDropped + records.Counts[ProcessingEvent.DuplicateSuppressed],
            RetriedNow = records.Counts[ProcessingEvent.RetriedNow],
            RetriedLater = records.Counts[ProcessingEvent.RetriedLater],
            Postponed = records.Counts[ProcessingEvent.Postponed],
            SaveFailuresTolerated = records.Counts[ProcessingEvent.SaveFailureTolerated],
            LocksRenewed = records.Counts[ProcessingEvent.LockRenewed],
            LocksLost = records.Counts[ProcessingEvent.LockLost],
            DeadLettered = records.Queue.DeadLettered.ToDictionary(
                reason => reason.Key.Length == 0 ? NoReason : reason.Key, reason => reason.Value, StringComparer.Ordinal),
            Abandoned = records.Queue.Abandoned,
            Reports = records.Reports,
            Queued = records.Depths.Active + records.Depths.Locked + records.Depths.Scheduled + records.Depths.Deferred,
            Lost = CountLost(records),
            Rejected = records.Rejected,
            Seed = records.Seed,
            Seconds = Math.Round(records.Elapsed.TotalSeconds, 3),
        };
    }

    private static long CountEnded(RunRecords records, RestartState state) =>
        records.Ledger.Count(entry => entry.State == state && (records.LedgerOwner is { } owner ? entry.Owner == owner : entry.EndedAt >= records.StartedAt));

    private static long CountLost(RunRecords records)
    {
        var carriedOut = records.Ledger
            .Where(entry => entry.State is RestartState.Issued or RestartState.Restarted or RestartState.WouldRestart)
            .Select(entry => entry.RequestId)
            .ToHashSet(StringComparer.Ordinal);
        return records.Audit.Count(root => IsGone(root) && !carriedOut.Contains(root.CorrelationId ?? root.RootId));
    }

    // A dead letter that somebody has taken out on purpose is not lost; one that expired or was cancelled was never seen by anybody.
    private static bool IsGone(AuditedRoot root) => root is { Live: 0, DeadLettered.Count: 0, Resolved: 0 };
}
