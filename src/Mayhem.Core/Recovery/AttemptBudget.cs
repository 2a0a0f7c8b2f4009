using System.Globalization;

namespace Mayhem.Recovery;

/// <summary>How many attempts have failed, by rule. Travels with the message as a property; unreadable text counts as none used.</summary>
public sealed record AttemptBudget
{
    private readonly SortedDictionary<string, int> used;

    private AttemptBudget(SortedDictionary<string, int> used)
    {
        this.used = used;
        Failures = used.Values.Sum();
    }

    /// <summary>No attempt has failed.</summary>
    public static AttemptBudget Untouched { get; } = new(new SortedDictionary<string, int>(StringComparer.Ordinal));

    /// <summary>Attempts that have failed, over all rules.</summary>
    public int Failures { get; }

    /// <summary>Attempts that have failed by this rule.</summary>
    public int Used(string rule) => used.GetValueOrDefault(rule);

    /// <summary>The budget after one more failure by this rule.</summary>
    public AttemptBudget Spend(string rule) => new(new SortedDictionary<string, int>(used, StringComparer.Ordinal) { [rule] = Used(rule) + 1 });

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static AttemptBudget Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Untouched;
        var read = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.LastIndexOf('=');
            if (equals > 0 && int.TryParse(part.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                read[part[..equals]] = count;
        }

        return new AttemptBudget(read);
    }

    /// <summary>As in <c>Mayhem.Restarts.RestartFailedException=2;System.TimeoutException=1</c>.</summary>
    public override string ToString() => string.Join(';', used.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <inheritdoc />
    public bool Equals(AttemptBudget? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}
