using Mayhem.Journal;

namespace Mayhem.Ledger;

/// <summary>How an embedded ledger works.</summary>
public sealed record EmbeddedLedgerOptions
{
    /// <summary>
    /// How long an intent of this run counts as being acted upon. After that, whoever asks takes it over as interrupted. Longer than a target
    /// takes to accept a restart; more than 0. Default: 2 minutes, measured on the monotonic clock.
    /// </summary>
    public TimeSpan IntentLease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an ended entry, and the record of an unsettled delivery, is kept at least; compaction drops older ones, and a request that comes
    /// again after that is carried out again. At least the longest time from a message's first delivery to its last: the longest retry horizon
    /// plus the maximum delivery count times the lock duration. Entries that have not ended are kept for good. Default: 7 days; more than 0.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Names this process in the entries. Default: null, for machine, process id and time of opening.</summary>
    public string? Owner { get; init; }

    /// <summary>How the journal beneath works.</summary>
    public JournalOptions Journal { get; init; } = new();

    internal static void Validate(EmbeddedLedgerOptions options)
    {
        if (options.IntentLease <= TimeSpan.Zero)
            throw new ArgumentException($"{nameof(IntentLease)} is {options.IntentLease}; it must be more than 0.", nameof(options));
        if (options.Retention <= TimeSpan.Zero)
            throw new ArgumentException($"{nameof(Retention)} is {options.Retention}; it must be more than 0.", nameof(options));
    }
}
