namespace Mayhem.DeadLetters.Listing;

/// <summary>All dead letters that match, counted in groups.</summary>
/// <param name="Total">How many match.</param>
/// <param name="Scanned">How many were looked at.</param>
/// <param name="IsWhole">False if there are more than may be looked at: then the counts are those of the oldest.</param>
public sealed record DeadLetterCensus(int Total, int Scanned, bool IsWhole)
{
    /// <summary>By the reason.</summary>
    public required DeadLetterGrouping Reasons { get; init; }

    /// <summary>By the class of the last failure.</summary>
    public required DeadLetterGrouping Classes { get; init; }

    /// <summary>By the fingerprint.</summary>
    public required DeadLetterGrouping Fingerprints { get; init; }

    /// <summary>By the host.</summary>
    public required DeadLetterGrouping Hosts { get; init; }

    /// <summary>By the host's group.</summary>
    public required DeadLetterGrouping HostGroups { get; init; }

    /// <summary>By the time since they died: <c>&lt; 1 h</c>, <c>1 h to 1 d</c>, <c>1 d to 7 d</c>, <c>&gt; 7 d</c>.</summary>
    public required DeadLetterGrouping Ages { get; init; }
}

/// <summary>Groups by one thing, the largest first.</summary>
/// <param name="Groups">At most <see cref="Most"/>.</param>
/// <param name="Others">How many dead letters are in further groups.</param>
public sealed record DeadLetterGrouping(IReadOnlyList<DeadLetterGroup> Groups, int Others)
{
    /// <summary>So many groups are told apart; what comes in later ones is only counted.</summary>
    public const int Most = 1000;
}

/// <summary>Dead letters that have something in common.</summary>
/// <param name="Key">What; null for those that have nothing there, as poison has no host.</param>
/// <param name="Count">How many.</param>
/// <param name="Oldest">When the first of them died.</param>
/// <param name="Newest">When the last of them died.</param>
/// <param name="Sample">One of them, for its texts.</param>
public sealed record DeadLetterGroup(string? Key, int Count, DateTimeOffset Oldest, DateTimeOffset Newest, DeadLetterSummary Sample);
