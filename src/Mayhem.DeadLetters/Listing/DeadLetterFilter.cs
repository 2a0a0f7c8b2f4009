using System.Globalization;
using System.IO.Enumeration;

namespace Mayhem.DeadLetters.Listing;

/// <summary>Which dead letters are meant: those that meet everything that is given. Patterns know <c>*</c> and <c>?</c>, and no case.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>All of them.</summary>
    public static readonly DeadLetterFilter All = new();

    /// <summary>These numbers only; null or empty for any.</summary>
    public IReadOnlyList<long>? SequenceNumbers { get; init; }

    /// <summary>A pattern of the reason, as <c>Fatal:*</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The class of the last failure, as <c>Transient</c>.</summary>
    public string? Class { get; init; }

    /// <summary>The beginning of the fingerprint.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>A pattern of the host, as <c>web-*</c>.</summary>
    public string? Host { get; init; }

    /// <summary>A pattern of the host's group.</summary>
    public string? Group { get; init; }

    /// <summary>Those that died before this time.</summary>
    public DateTimeOffset? DiedBefore { get; init; }

    /// <summary>Those that died at this time or later.</summary>
    public DateTimeOffset? DiedSince { get; init; }

    /// <summary>True if it lets everything pass.</summary>
    public bool IsEmpty => SequenceNumbers is not { Count: > 0 } && Reason is null && Class is null && Fingerprint is null && Host is null && Group is null && DiedBefore is null && DiedSince is null;

    /// <summary>True if a dead letter is meant.</summary>
    public bool Matches(DeadLetterSummary dead)
    {
        ArgumentNullException.ThrowIfNull(dead);
        return (SequenceNumbers is not { Count: > 0 } numbers || numbers.Contains(dead.SequenceNumber))
            && Fits(Reason, dead.Reason)
            && (Class is null || string.Equals(Class, dead.Class, StringComparison.OrdinalIgnoreCase))
            && (Fingerprint is null || dead.Fingerprint?.StartsWith(Fingerprint, StringComparison.OrdinalIgnoreCase) == true)
            && Fits(Host, dead.Host)
            && Fits(Group, dead.Group)
            && (DiedBefore is not { } before || dead.DiedAt < before)
            && (DiedSince is not { } since || dead.DiedAt >= since);
    }

    /// <summary>The filter in words, for the audit.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        Add("numbers", SequenceNumbers is { Count: > 0 } numbers ? string.Join(',', numbers.Take(20)) + (numbers.Count > 20 ? ",…" : "") : null);
        Add("reason", Reason);
        Add("class", Class);
        Add("fingerprint", Fingerprint);
        Add("host", Host);
        Add("group", Group);
        Add("died before", DiedBefore?.ToString("u", CultureInfo.InvariantCulture));
        Add("died since", DiedSince?.ToString("u", CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "all" : string.Join("; ", parts);

        void Add(string name, string? value)
        {
            if (value is not null)
                parts.Add($"{name} {value}");
        }
    }

    private static bool Fits(string? pattern, string? value) => pattern is null || (value is not null && FileSystemName.MatchesSimpleExpression(pattern, value));
}
