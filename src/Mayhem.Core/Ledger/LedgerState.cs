namespace Mayhem.Ledger;

/// <summary>What the ledger knows: the result of its records, applied in order. Entries that have been carried out never change again.</summary>
internal sealed class LedgerState
{
    private OrderedDictionary<string, LedgerEntry> entries = new(StringComparer.Ordinal);
    private Dictionary<string, LedgerRecord.Details> detailsWithoutEntry = new(StringComparer.Ordinal);
    private Dictionary<string, SortedList<int, LedgerRecord.Unsettled>> unsettled = new(StringComparer.Ordinal);
    private Dictionary<string, LedgerRecord.MessageFailed> failures = new(StringComparer.Ordinal);
    private Dictionary<string, LedgerRecord.Copy> copies = new(StringComparer.Ordinal);

    /// <summary>The entries, in the order of their first intent.</summary>
    public IReadOnlyCollection<LedgerEntry> Entries => entries.Values;

    public LedgerEntry? Find(string requestId) => entries.GetValueOrDefault(requestId);

    public int CountUnsettled(string messageId) => unsettled.TryGetValue(messageId, out var counts) ? counts.Count : 0;

    public PlannedCopy? FindCopy(string messageId) => copies.GetValueOrDefault(messageId)?.Planned;

    public RecordedFailure? FindFailure(string message) => failures.GetValueOrDefault(message)?.Failure;

    /// <summary>Applies a record.</summary>
    /// <returns>False if it changes nothing, and so need not be kept.</returns>
    /// <exception cref="InvalidOperationException">It is about a request without an intent.</exception>
    public bool Apply(LedgerRecord record) => record switch
    {
        LedgerRecord.Intent intent => Put(Begin(intent)),
        LedgerRecord.Issued issued => Change(issued.RequestId, issued.Attempt, entry => entry with
        {
            State = RestartState.Issued,
            Issued = issued.Restart,
            IssuedAt = issued.At,
            EndedAt = null,
            Error = null,
        }),
        LedgerRecord.Restarted restarted => Change(restarted.RequestId, restarted.Attempt, entry => entry with
        {
            State = entry.Issued is { DryRun: true } ? RestartState.WouldRestart : RestartState.Restarted,
            EndedAt = restarted.At,
            Error = null,
        }),
        LedgerRecord.Failed failed => Fail(failed),
        LedgerRecord.MessageFailed failed => Add(failed),
        LedgerRecord.Details details => Add(details),
        LedgerRecord.Unsettled delivery => Add(delivery),
        LedgerRecord.Copy copy => Add(copy),
        LedgerRecord.Entry entry => Put(entry.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(record), record, "This kind of record cannot be applied."),
    };

    /// <summary>After the end of the run that recorded them, intents are interrupted.</summary>
    /// <returns>How many entries are interrupted now.</returns>
    public int InterruptIntents()
    {
        foreach (var entry in Entries.Where(entry => entry.State == RestartState.Intent).ToList())
            entries[entry.RequestId] = entry with { State = RestartState.Interrupted };
        return Entries.Count(entry => entry.State == RestartState.Interrupted);
    }

    /// <summary>Drops what ended before this time.</summary>
    public void Forget(DateTimeOffset before)
    {
        entries = new(Entries.Where(entry => !HasEnded(entry) || entry.EndedAt >= before).Select(Pair), StringComparer.Ordinal);
        detailsWithoutEntry = new(detailsWithoutEntry.Where(pair => pair.Value.At >= before), StringComparer.Ordinal);
        unsettled = new(unsettled.Where(pair => pair.Value.Values.Any(delivery => delivery.At >= before)), StringComparer.Ordinal);
        failures = new(failures.Where(pair => pair.Value.At >= before), StringComparer.Ordinal);
        copies = new(copies.Where(pair => pair.Value.At >= before), StringComparer.Ordinal);

        static KeyValuePair<string, LedgerEntry> Pair(LedgerEntry entry) => new(entry.RequestId, entry);
    }

    /// <summary>The records that rebuild this state.</summary>
    public IReadOnlyList<LedgerRecord> Capture() =>
    [
        .. Entries.Select(entry => new LedgerRecord.Entry(entry)),
        .. detailsWithoutEntry.Values,
        .. unsettled.Values.SelectMany(deliveries => deliveries.Values),
        .. failures.Values,
        .. copies.Values,
    ];

    public static bool IsDone(LedgerEntry entry) => entry.State is RestartState.Restarted or RestartState.WouldRestart;

    private static bool HasEnded(LedgerEntry entry) => IsDone(entry) || entry.State == RestartState.Failed;

    private LedgerEntry Begin(LedgerRecord.Intent intent)
    {
        if (Find(intent.RequestId) is not { } known)
        {
            detailsWithoutEntry.Remove(intent.RequestId, out var details);
            return new LedgerEntry
            {
                RequestId = intent.RequestId,
                Host = intent.Host,
                Group = intent.Group,
                State = RestartState.Intent,
                Attempts = intent.Attempt,
                Owner = intent.Owner,
                IntentAt = intent.At,
                Requester = details?.Requester,
                Reason = details?.Reason,
                MessageId = details?.MessageId,
            };
        }
        if (intent.Attempt == known.Attempts)
            return known with { State = RestartState.Intent, Owner = intent.Owner };
        return known with
        {
            State = RestartState.Intent,
            Attempts = intent.Attempt,
            Owner = intent.Owner,
            IntentAt = intent.At,
            IssuedAt = null,
            EndedAt = null,
            Issued = null,
            Error = null,
        };
    }

    private bool Fail(LedgerRecord.Failed failed) => Change(failed.RequestId, failed.Attempt, entry => entry with
        {
            State = failed.Ambiguous ? RestartState.Interrupted : RestartState.Failed,
            EndedAt = failed.Ambiguous ? null : failed.At,
            Error = failed.Error,
        })
        && (failed.Failure is not { } failure || Add(new LedgerRecord.MessageFailed(failure, failed.At)));

    private bool Change(string requestId, int attempt, Func<LedgerEntry, LedgerEntry> change)
    {
        var entry = Find(requestId)
            ?? throw new InvalidOperationException($"The ledger has no intent of request '{requestId}'. Record the intent before anything else.");
        return !IsDone(entry) && entry.Attempts == attempt && Put(change(entry));
    }

    private bool Put(LedgerEntry entry)
    {
        entries[entry.RequestId] = entry;
        return true;
    }

    private bool Add(LedgerRecord.Details details)
    {
        if (Find(details.RequestId) is not { } entry)
        {
            detailsWithoutEntry[details.RequestId] = details;
            return true;
        }
        var detailed = entry with { Requester = details.Requester, Reason = details.Reason, MessageId = details.MessageId };
        return detailed != entry && Put(detailed);
    }

    private bool Add(LedgerRecord.MessageFailed failed)
    {
        failures[failed.Failure.Message] = failed;
        return true;
    }

    private bool Add(LedgerRecord.Copy copy)
    {
        copies[copy.Planned.MessageId] = copy;
        return true;
    }

    private bool Add(LedgerRecord.Unsettled delivery)
    {
        if (!unsettled.TryGetValue(delivery.MessageId, out var deliveries))
            unsettled[delivery.MessageId] = deliveries = [];
        return deliveries.TryAdd(delivery.DeliveryCount, delivery);
    }
}
