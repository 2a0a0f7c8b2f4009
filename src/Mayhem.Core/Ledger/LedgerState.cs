using Mayhem.Guards;

namespace Mayhem.Ledger;

/// <summary>What the ledger knows: the result of its records, applied in order. Entries that have been carried out never change again.</summary>
internal sealed class LedgerState
{
    private OrderedDictionary<string, LedgerEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerRecord.Details> detailsWithoutEntry = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedList<int, LedgerRecord.Unsettled>> unsettled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerRecord.MessageFailed> failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerRecord.Trial> trials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerRecord.Copy> copies = new(StringComparer.Ordinal);

    private readonly RecordedUses uses = new();
    private readonly RecordedRefusals refusals = new();

    /// <summary>The entries, in the order of their first intent. Those that have not ended change: hand out what <see cref="AsItIs"/> returns.</summary>
    public IReadOnlyCollection<LedgerEntry> Entries => entries.Values;

    /// <summary>An entry, of which the same is true; null if there is none.</summary>
    public LedgerEntry? Find(string requestId) => entries.GetValueOrDefault(requestId);

    /// <summary>The entry as it is now, for good.</summary>
    public static LedgerEntry AsItIs(LedgerEntry entry) => EntryChanges.HasEnded(entry) ? entry : entry with { };

    public int CountUnsettled(string messageId) => unsettled.TryGetValue(messageId, out var counts) ? counts.Count : 0;

    public PlannedCopy? FindCopy(string messageId) => copies.GetValueOrDefault(messageId)?.Planned;

    public RecordedFailure? FindFailure(string message) => failures.GetValueOrDefault(message)?.Failure;

    /// <summary>What guards have said no to, in the order of the first time.</summary>
    public IReadOnlyCollection<RefusalRecord> Refusals => refusals.All;

    /// <summary>What the attempts of a group have taken of its limits.</summary>
    public GroupUses UsesOf(string group) => uses.Of(group);

    /// <summary>Drops what means nothing to a group's limits any more.</summary>
    public void ForgetUses(string group, DateTimeOffset before) => uses.Forget(group, before);

    public bool IsOnTrial(string message) => trials.ContainsKey(message);

    /// <summary>Applies a record.</summary>
    /// <returns>False if it changes nothing, and so need not be kept.</returns>
    /// <exception cref="InvalidOperationException">It is about a request without an intent.</exception>
    public bool Apply(LedgerRecord record) => record switch
    {
        LedgerRecord.Intent intent => Put(Begin(intent)),
        LedgerRecord.Issued issued => Change(issued.RequestId, issued.Attempt, issued, EntryChanges.Issue, UseChanges.Issue),
        LedgerRecord.Restarted restarted => Change(restarted.RequestId, restarted.Attempt, restarted, EntryChanges.Restart, UseChanges.Restart),
        LedgerRecord.Failed failed => Fail(failed),
        LedgerRecord.MessageFailed failed => Add(failed),
        LedgerRecord.Details details => Add(details),
        LedgerRecord.Unsettled delivery => Add(delivery),
        LedgerRecord.Trial trial => Add(trial),
        LedgerRecord.Copy copy => Add(copy),
        LedgerRecord.Entry entry => Put(entry.Value),
        LedgerRecord.Use use => Put(use.Value),
        LedgerRecord.Refused refused => Add(refused),
        LedgerRecord.Refusals kept => Put(kept.Value),
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
        // Made anew: to take them out of their order one by one would take as long for each.
        if (Entries.Any(IsOver))
            entries = new(Entries.Where(entry => !IsOver(entry)).Select(entry => KeyValuePair.Create(entry.RequestId, entry)), StringComparer.Ordinal);
        Drop(detailsWithoutEntry, details => details.At < before);
        Drop(unsettled, deliveries => !deliveries.Values.Any(delivery => delivery.At >= before));
        Drop(failures, failure => failure.At < before);
        Drop(trials, trial => trial.At < before);
        Drop(copies, copy => copy.At < before);
        refusals.Forget(before);
        uses.Forget(before);

        bool IsOver(LedgerEntry entry) => EntryChanges.HasEnded(entry) && !(entry.EndedAt >= before);
    }

    /// <summary>The records that rebuild this state.</summary>
    public IReadOnlyList<LedgerRecord> Capture() =>
    [
        .. Entries.Select(entry => new LedgerRecord.Entry(AsItIs(entry))),
        .. detailsWithoutEntry.Values,
        .. unsettled.Values.SelectMany(deliveries => deliveries.Values),
        .. failures.Values,
        .. trials.Values,
        .. copies.Values,
        .. uses.All.Select(use => new LedgerRecord.Use(use)),
        .. refusals.All.Select(refusal => new LedgerRecord.Refusals(refusal)),
    ];

    private LedgerEntry Begin(LedgerRecord.Intent intent)
    {
        if (UseChanges.Begin(intent) is { } use)
            uses.Put(use);
        var known = Find(intent.RequestId);
        LedgerRecord.Details? details = null;
        if (known is null)
            detailsWithoutEntry.Remove(intent.RequestId, out details);
        return EntryChanges.Begin(known, intent, details);
    }

    private static void Drop<T>(Dictionary<string, T> from, Func<T, bool> isOver)
    {
        foreach (var (key, value) in from)
        {
            if (isOver(value))
                from.Remove(key);
        }
    }

    private bool Fail(LedgerRecord.Failed failed) => Change(failed.RequestId, failed.Attempt, failed, EntryChanges.Fail, UseChanges.Fail)
        && (failed.Failure is not { } failure || Add(new LedgerRecord.MessageFailed(failure, failed.At)));

    // What the attempt has taken of the limits changes with the entry. The record is given apart, so that no closure is made.
    private bool Change<TRecord>(
        string requestId, int attempt, TRecord record, Func<LedgerEntry, TRecord, bool> change, Func<RestartUse, TRecord, RestartUse> changeUse)
    {
        if (!change(Changeable(requestId), record))
            return false;
        if (uses.Find(requestId, attempt) is { } use)
            uses.Put(changeUse(use, record));
        return true;
    }

    // One that has ended may have been handed out.
    private LedgerEntry Changeable(string requestId)
    {
        var entry = Find(requestId) ?? throw EntryChanges.WithoutIntent(requestId);
        return entry.State == RestartState.Failed ? entries[requestId] = entry with { } : entry;
    }

    private bool Put(LedgerEntry entry)
    {
        entries[entry.RequestId] = entry;
        return true;
    }

    private bool Put(RestartUse use)
    {
        uses.Put(use);
        return true;
    }

    private bool Put(RefusalRecord refusal)
    {
        refusals.Put(refusal);
        return true;
    }

    private bool Add(LedgerRecord.Refused refused)
    {
        refusals.Add(refused.Refusal, refused.At);
        return true;
    }

    private bool Add(LedgerRecord.Details details)
    {
        if (Find(details.RequestId) is not { } entry)
        {
            detailsWithoutEntry[details.RequestId] = details;
            return true;
        }
        if (EntryChanges.IsDescribed(entry, details))
            return false;
        var described = EntryChanges.HasEnded(entry) ? entry with { } : entry;
        EntryChanges.Describe(described, details);
        return Put(described);
    }

    private bool Add(LedgerRecord.MessageFailed failed)
    {
        failures[failed.Failure.Message] = failed;
        return true;
    }

    private bool Add(LedgerRecord.Trial trial)
    {
        if (trial.Outlived)
            return trials.Remove(trial.Message);
        trials[trial.Message] = trial;
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
