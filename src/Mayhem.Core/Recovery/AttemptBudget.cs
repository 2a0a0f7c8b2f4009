using System.Globalization;

namespace Mayhem.Recovery;

/// <summary>How many attempts have failed, by rule. Travels with the message as a property; unreadable text counts as none used.</summary>
public sealed record AttemptBudget
{
    // By rule, in ordinal order. Few messages fail, and hardly any by more than one rule.
    private readonly KeyValuePair<string, int>[] used;

    private AttemptBudget(KeyValuePair<string, int>[] used)
    {
        this.used = used;
        foreach (var (_, count) in used)
            Failures += count;
    }

    /// <summary>No attempt has failed.</summary>
    public static AttemptBudget Untouched { get; } = new([]);

    /// <summary>Attempts that have failed, over all rules.</summary>
    public int Failures { get; }

    /// <summary>Attempts that have failed by this rule.</summary>
    public int Used(string rule)
    {
        foreach (var (name, count) in used)
        {
            if (string.Equals(name, rule, StringComparison.Ordinal))
                return count;
        }

        return 0;
    }

    /// <summary>The budget after one more failure by this rule.</summary>
    public AttemptBudget Spend(string rule)
    {
        var one = KeyValuePair.Create(rule, Used(rule) + 1);
        if (used.Length == 0)
            return new AttemptBudget([one]);
        return new AttemptBudget([.. used.Where(other => !string.Equals(other.Key, rule, StringComparison.Ordinal)).Append(one).OrderBy(other => other.Key, StringComparer.Ordinal)]);
    }

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

        return new AttemptBudget([.. read]);
    }

    /// <summary>As in <c>Mayhem.Restarts.RestartFailedException=2;System.TimeoutException=1</c>.</summary>
    public override string ToString() => used is [var only] ? TextOf(only) : string.Join(';', used.Select(TextOf));

    /// <inheritdoc />
    public bool Equals(AttemptBudget? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private static string TextOf(KeyValuePair<string, int> pair) => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}");
}
