using Mayhem.DeadLetters.Work;
using BenchFilter = Mayhem.DeadLetters.Listing.DeadLetterFilter;

namespace Mayhem.Dashboard.Bench;

/// <summary>What the page asks to be done with dead letters.</summary>
internal sealed record BenchCall
{
    /// <summary>These only; null or empty for all that the rest means.</summary>
    public IReadOnlyList<long>? Numbers { get; init; }

    /// <summary>Their reason; null for any.</summary>
    public string? Reason { get; init; }

    /// <summary>The class of their last failure; null for any.</summary>
    public string? Class { get; init; }

    /// <summary>The beginning of their fingerprint; null for any.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Their host; null for any.</summary>
    public string? Host { get; init; }

    /// <summary>Their group; null for any.</summary>
    public string? Group { get; init; }

    /// <summary>How long ago they failed: <c>&lt;1h</c> for less, <c>&gt;1d</c> for more; null for any.</summary>
    public string? Age { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public int? Max { get; init; }

    /// <summary>At most so many a second; null for as fast as it goes.</summary>
    public double? Rate { get; init; }

    /// <summary>True to tell only what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>To discard: how many the operator has been shown, and wants gone.</summary>
    public int? Confirmed { get; init; }

    /// <summary>To edit: the new body.</summary>
    public string? Body { get; init; }

    /// <summary>Who.</summary>
    public string By { get; init; } = "";

    /// <summary>Why.</summary>
    public string Why { get; init; } = "";

    /// <summary>Which dead letters are meant.</summary>
    public BenchFilter Filter(DateTimeOffset now)
    {
        var (since, before) = AgeRange.Of(Age, now);
        return new BenchFilter
        {
            SequenceNumbers = Numbers, Reason = NullIfEmpty(Reason), Class = NullIfEmpty(Class), Fingerprint = NullIfEmpty(Fingerprint), Host = NullIfEmpty(Host),
            Group = NullIfEmpty(Group), DiedSince = since, DiedBefore = before,
        };
    }

    /// <summary>Who has it done, why, and how.</summary>
    public BenchOrder Order() => new() { By = By, Reason = Why, Max = Max, Rate = Rate, DryRun = DryRun, Confirmed = Confirmed };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
