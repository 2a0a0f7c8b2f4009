namespace Mayhem.Ledger;

/// <summary>What each record makes of the entry of its request: the same for every ledger. Changes the entry that it is given. One that has been carried out never changes again, but for its details.</summary>
internal static class EntryChanges
{
    /// <summary>True if the request was carried out, or would have been but for a dry run.</summary>
    public static bool IsDone(LedgerEntry entry) => entry.State is RestartState.Restarted or RestartState.WouldRestart;

    /// <summary>True if nobody has to do anything more about the last attempt.</summary>
    public static bool HasEnded(LedgerEntry entry) => IsDone(entry) || entry.State == RestartState.Failed;

    /// <summary>The entry after an intent: another object.</summary>
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

    /// <summary>The target has accepted the attempt.</summary>
    /// <returns>False if that changes nothing.</returns>
    public static bool Issue(LedgerEntry entry, LedgerRecord.Issued issued)
    {
        if (!IsAbout(entry, issued.Attempt))
            return false;
        entry.Change(RestartState.Issued, issued.Restart, issuedAt: issued.At, endedAt: null, error: null);
        return true;
    }

    /// <summary>The attempt has ended well.</summary>
    /// <returns>False if that changes nothing.</returns>
    public static bool Restart(LedgerEntry entry, LedgerRecord.Restarted restarted)
    {
        if (!IsAbout(entry, restarted.Attempt))
            return false;
        entry.Change(entry.Issued is { DryRun: true } ? RestartState.WouldRestart : RestartState.Restarted, entry.Issued, entry.IssuedAt, restarted.At, error: null);
        return true;
    }

    /// <summary>The attempt has failed.</summary>
    /// <returns>False if that changes nothing.</returns>
    public static bool Fail(LedgerEntry entry, LedgerRecord.Failed failed)
    {
        if (!IsAbout(entry, failed.Attempt))
            return false;
        entry.Change(failed.Ambiguous ? RestartState.Interrupted : RestartState.Failed, entry.Issued, entry.IssuedAt, failed.Ambiguous ? null : failed.At, failed.Error);
        return true;
    }

    /// <summary>Who asked, and why.</summary>
    public static void Describe(LedgerEntry entry, LedgerRecord.Details details) => entry.Describe(details.Requester, details.Reason, details.MessageId);

    /// <summary>True if that is on record already.</summary>
    public static bool IsDescribed(LedgerEntry entry, LedgerRecord.Details details) =>
        string.Equals(entry.Requester, details.Requester, StringComparison.Ordinal) && string.Equals(entry.Reason, details.Reason, StringComparison.Ordinal)
        && string.Equals(entry.MessageId, details.MessageId, StringComparison.Ordinal);

    /// <summary>The complaint about a record of a request that has no entry.</summary>
    public static InvalidOperationException WithoutIntent(string requestId) =>
        new($"The ledger has no intent of request '{requestId}'. Record the intent before anything else.");

    private static bool IsAbout(LedgerEntry entry, int attempt) => !IsDone(entry) && entry.Attempts == attempt;
}
