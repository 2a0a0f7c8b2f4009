using System.Text.RegularExpressions;

namespace Mayhem.Targets.Inventory;

/// <summary>A pattern for host names, whatever their case: <c>*</c> stands for any characters or none, <c>?</c> for one.</summary>
public sealed class HostPattern
{
    private readonly string text;
    private readonly Regex regex;

    private HostPattern(string text)
    {
        this.text = text;
        var groups = Regex.Escape(text).Replace(@"\*", "(.*?)", StringComparison.Ordinal).Replace(@"\?", "(.)", StringComparison.Ordinal);
        regex = new Regex($"^{groups}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    /// <summary>True if it has no wildcards, and so matches one name only.</summary>
    public bool IsExact => !text.AsSpan().ContainsAny('*', '?');

    /// <summary>How many characters it names: of two patterns for one host, the one that names more is the closer one.</summary>
    public int Literals => text.Count(character => character is not ('*' or '?'));

    /// <summary>How many wildcards it has.</summary>
    public int Wildcards => text.Length - Literals;

    /// <summary>Reads a pattern; null if it has characters that no host's name has.</summary>
    public static HostPattern? Parse(string text) =>
        text.Length is > 0 and <= 253 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '*' or '?')
            ? new HostPattern(text)
            : null;

    /// <summary>True if the whole name fits.</summary>
    public bool Matches(string host) => regex.IsMatch(host);

    /// <summary>What the wildcards stand for in the name, in order, each as short as it can be; null if the name does not fit.</summary>
    public IReadOnlyList<string>? Match(string host) =>
        regex.Match(host) is { Success: true } match ? [.. match.Groups.Values.Skip(1).Select(group => group.Value)] : null;

    /// <inheritdoc />
    public override string ToString() => text;
}
