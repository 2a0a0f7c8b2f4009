namespace Mayhem.Ledger;

/// <summary>What each record makes of the entry of its request: the same for every ledger. Pure. An entry that has been carried out never changes again.</summary>
internal static class EntryChanges
{
    /// <summary>True if the request was carried out, or would have been but for a dry run.</summary>
    public static bool IsDone(LedgerEntry entry) => entry.State is RestartState.Restarted or RestartState.WouldRestart;

    /// <summary>True if nobody has to do anything more about the last attempt.</summary>
    public static bool HasEnded(LedgerEntry entry) => IsDone(entry) || entry.State == RestartState.Failed;

    /// <summary>The entry after an intent.</summary>
    /// <param name="known">The entry before; null for a new request.</param>
    /// <param name="intent">The intent.</param>
    /// <param name="details">What was saved of the request before its first intent; null if nothing was.</param>
    public static LedgerEntry Begin(LedgerEntry? known, LedgerRecord.Intent intent, LedgerRecord.Details? details)
    {
        if (known is null)
        {
            return new LedgerEntry
            {
                RequestId = intent.RequestId,
                Host = intent.Host,
                Group = intent.Group,
                State = RestartState.Intent,
                Attempts = intent.Attempt,
                Owner = intent.Owner,
                IntentAt = intent.At,
                Requester = details?.Requester ?? intent.Requester,
                Reason = details?.Reason ?? intent.Reason,
                MessageId = details?.MessageId,
                Limits = intent.Limits,
                OperationId = intent.OperationId,
            };
        }
        if (intent.Attempt == known.Attempts)
            return known with { State = RestartState.Intent, Owner = intent.Owner };
        return known with
        {
            State = RestartState.Intent,
            Group = intent.Group,
            Attempts = intent.Attempt,
            Owner = intent.Owner,
            IntentAt = intent.At,
            IssuedAt = null,
            EndedAt = null,
            Issued = null,
            Error = null,
            Limits = intent.Limits,
            OperationId = intent.OperationId,
        };
    }

    /// <summary>The entry after its target has accepted the attempt; null if that changes nothing.</summary>
    public static LedgerEntry? Issue(LedgerEntry entry, LedgerRecord.Issued issued) => !IsAbout(entry, issued.Attempt) ? null : entry with
    {
        State = RestartState.Issued,
        Issued = issued.Restart,
        IssuedAt = issued.At,
        EndedAt = null,
        Error = null,
    };

    /// <summary>The entry after the attempt has ended well; null if that changes nothing.</summary>
    public static LedgerEntry? Restart(LedgerEntry entry, LedgerRecord.Restarted restarted) => !IsAbout(entry, restarted.Attempt) ? null : entry with
    {
        State = entry.Issued is { DryRun: true } ? RestartState.WouldRestart : RestartState.Restarted,
        EndedAt = restarted.At,
        Error = null,
    };

    /// <summary>The entry after the attempt has failed; null if that changes nothing.</summary>
    public static LedgerEntry? Fail(LedgerEntry entry, LedgerRecord.Failed failed) => !IsAbout(entry, failed.Attempt) ? null : entry with
    {
        State = failed.Ambiguous ? RestartState.Interrupted : RestartState.Failed,
        EndedAt = failed.Ambiguous ? null : failed.At,
        Error = failed.Error,
    };

    /// <summary>The entry with who asked, and why.</summary>
    public static LedgerEntry Describe(LedgerEntry entry, LedgerRecord.Details details) =>
        entry with { Requester = details.Requester, Reason = details.Reason, MessageId = details.MessageId };

    /// <summary>The complaint about a record of a request that has no entry.</summary>
    public static InvalidOperationException WithoutIntent(string requestId) =>
        new($"The ledger has no intent of request '{requestId}'. Record the intent before anything else.");

    private static bool IsAbout(LedgerEntry entry, int attempt) => !IsDone(entry) && entry.Attempts == attempt;
}
