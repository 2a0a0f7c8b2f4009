using Mayhem.Ledger;

namespace Mayhem.Dashboard.Restarts;

/// <summary>The entries of a ledger as they were at one moment, sorted, and counted by host and by group.</summary>
internal sealed class RestartBook
{
    private readonly Lazy<IReadOnlyList<RestartTally>> hosts;
    private readonly Lazy<IReadOnlyList<RestartTally>> groups;

    /// <summary>A book of these.</summary>
    public RestartBook(LedgerEntry[] entries)
    {
        Array.Sort(entries, static (one, other) => TimeOf(other).CompareTo(TimeOf(one)));
        NewestFirst = entries;
        hosts = new(() => TalliesOf(entries, entry => entry.Host));
        groups = new(() => TalliesOf(entries.Where(entry => entry.Group.Length > 0), entry => entry.Group));
    }

    /// <summary>A book without entries.</summary>
    public static RestartBook Empty { get; } = new([]);

    /// <summary>The entries, those that something happened to last first.</summary>
    public IReadOnlyList<LedgerEntry> NewestFirst { get; }

    /// <summary>By host, by name.</summary>
    public IReadOnlyList<RestartTally> Hosts => hosts.Value;

    /// <summary>By group, by name; without requests that named none.</summary>
    public IReadOnlyList<RestartTally> Groups => groups.Value;

    /// <summary>When something happened to an entry last.</summary>
    public static DateTimeOffset TimeOf(LedgerEntry entry) => entry.EndedAt ?? entry.IssuedAt ?? entry.IntentAt;

    private static IReadOnlyList<RestartTally> TalliesOf(IEnumerable<LedgerEntry> newestFirst, Func<LedgerEntry, string> name) =>
    [
        .. newestFirst.GroupBy(name, StringComparer.OrdinalIgnoreCase).Select(entries => RestartTally.Of(entries.Key, entries))
            .OrderBy(tally => tally.Name, StringComparer.OrdinalIgnoreCase),
    ];
}

/// <summary>What became of the requests for one host, or one group.</summary>
internal sealed record RestartTally(string Name, int Restarted, int WouldRestart, int Failed, int UnderWay, int Attempts, DateTimeOffset LastAt, RestartState LastState, string? LastError)
{
    /// <summary>Counts entries.</summary>
    public static RestartTally Of(string name, IEnumerable<LedgerEntry> newestFirst)
    {
        var entries = newestFirst.ToList();
        var last = entries[0];
        return new RestartTally(
            name, Count(RestartState.Restarted), Count(RestartState.WouldRestart), Count(RestartState.Failed),
            Count(RestartState.Intent) + Count(RestartState.Interrupted) + Count(RestartState.Issued), entries.Sum(entry => entry.Attempts),
            RestartBook.TimeOf(last), last.State, last.Error);

        int Count(RestartState state) => entries.Count(entry => entry.State == state);
    }
}

/// <summary>What one entry looks like in a list.</summary>
internal sealed record RestartRow(
    string RequestId, string Host, string? Group, RestartState State, int Attempts, DateTimeOffset At, double? TookSeconds, string? Requester, string? Reason, string? Error, string Owner)
{
    /// <summary>Takes from an entry what is shown.</summary>
    public static RestartRow Of(LedgerEntry entry) => new(
        entry.RequestId, entry.Host, entry.Group.Length > 0 ? entry.Group : null, entry.State, entry.Attempts, RestartBook.TimeOf(entry),
        entry.EndedAt is { } end ? Math.Max(0, (end - entry.IntentAt).TotalSeconds) : null, entry.Requester, entry.Reason, entry.Error, entry.Owner);
}
