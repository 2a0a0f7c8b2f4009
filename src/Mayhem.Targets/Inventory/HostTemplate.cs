using System.Globalization;
using System.Text.RegularExpressions;

namespace Mayhem.Targets.Inventory;

/// <summary>Texts with a place for a host: <c>{host}</c>, and <c>{1}</c>, <c>{2}</c> … for what the wildcards of its pattern stand for.</summary>
internal static partial class HostTemplate
{
    /// <summary>Fills the places in.</summary>
    public static string Expand(string template, string host, IReadOnlyList<string> values) =>
        Place().Replace(template, place => NumberOf(place) is > 0 and var number ? values[number - 1] : host);

    /// <summary>The highest number among the places; 0 if there is none.</summary>
    public static int HighestNumber(string template) => Place().Matches(template).Select(NumberOf).DefaultIfEmpty().Max();

    /// <summary>True if there is any place.</summary>
    public static bool HasPlace(string template) => Place().IsMatch(template);

    /// <summary>False if a part of the path is empty, <c>.</c> or <c>..</c>: servers may read that as another path.</summary>
    public static bool IsSafe(string expanded)
    {
        var scheme = expanded.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? expanded.TrimStart('/') : expanded[(scheme + 3)..];
        return !path.Split('?')[0].TrimEnd('/').Split('/').Any(part => part is "" or "." or "..");
    }

    // 0 for the host's name.
    private static int NumberOf(Match place) =>
        int.TryParse(place.Groups["name"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\{(?<name>host|[1-9])\}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
