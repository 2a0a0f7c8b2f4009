namespace Mayhem.Dashboard.DeadLetters;

/// <summary>All dead letters as they were at one moment, sorted and grouped once for everybody who asks.</summary>
internal sealed class DeadLetterList
{
    private readonly Lazy<IReadOnlyList<DeadLetterGroup>> groups;
    private readonly Lazy<IReadOnlyList<DeadLetterCount>> reasons;

    /// <summary>A list of these.</summary>
    /// <param name="byNumber">The rows, by their sequence numbers.</param>
    /// <param name="isComplete">False if there are more than were read.</param>
    public DeadLetterList(IReadOnlyDictionary<long, DeadLetterRow> byNumber, bool isComplete)
    {
        ByNumber = byNumber;
        IsComplete = isComplete;
        var rows = byNumber.Values.ToArray();
        Array.Sort(rows, static (one, other) => other.At != one.At ? other.At.CompareTo(one.At) : other.Number.CompareTo(one.Number));
        NewestFirst = rows;
        groups = new(() => GroupsOf(rows));
        reasons = new(() => CountsOf(rows));
    }

    /// <summary>The rows, by their sequence numbers.</summary>
    public IReadOnlyDictionary<long, DeadLetterRow> ByNumber { get; }

    /// <summary>The rows, the one that failed last first.</summary>
    public IReadOnlyList<DeadLetterRow> NewestFirst { get; }

    /// <summary>False if there are more than were read.</summary>
    public bool IsComplete { get; }

    /// <summary>By reason and fingerprint, the largest first.</summary>
    public IReadOnlyList<DeadLetterGroup> Groups => groups.Value;

    /// <summary>By reason, the most frequent first.</summary>
    public IReadOnlyList<DeadLetterCount> Reasons => reasons.Value;

    /// <summary>Groups of some rows.</summary>
    public static IReadOnlyList<DeadLetterGroup> GroupsOf(IEnumerable<DeadLetterRow> newestFirst) =>
    [
        .. newestFirst.GroupBy(row => (row.Reason, row.Fingerprint))
            .Select(rows => new DeadLetterGroup(rows.Key.Reason, rows.Key.Fingerprint, rows.Count(), HostsIn(rows), rows.Last().At, rows.First()))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Reason, StringComparer.Ordinal).ThenBy(group => group.Fingerprint, StringComparer.Ordinal),
    ];

    private static IReadOnlyList<DeadLetterCount> CountsOf(IEnumerable<DeadLetterRow> rows) =>
    [
        .. rows.CountBy(row => row.Reason, StringComparer.Ordinal).Select(reason => new DeadLetterCount(reason.Key, reason.Value))
            .OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Name, StringComparer.Ordinal),
    ];

    private static int HostsIn(IEnumerable<DeadLetterRow> rows) => rows.Select(row => row.Host).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count();
}
