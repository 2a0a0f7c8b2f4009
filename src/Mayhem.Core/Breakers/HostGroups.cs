using System.IO.Enumeration;

namespace Mayhem.Breakers;

/// <summary>Groups of hosts by patterns of their names. Where several fit, the one with the most characters that are no wildcards decides, then the group's name.</summary>
public sealed class HostGroups : IHostGroups
{
    /// <summary>The group of the hosts that no pattern fits.</summary>
    public const string Default = "default";

    private const string Wildcards = "*?";
    private readonly (string Pattern, string Group)[] byPrecision;

    /// <summary>Groups hosts.</summary>
    /// <param name="patterns">By group: patterns of host names, separated by ';', with '*' for any characters and '?' for one. Case does not matter.</param>
    /// <exception cref="ArgumentException">There is something wrong with them, as <see cref="Problems"/> tells.</exception>
    public HostGroups(IReadOnlyDictionary<string, string> patterns)
    {
        if (Problems(patterns).FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(patterns));
        byPrecision =
        [
            .. patterns.SelectMany(group => Split(group.Value).Select(pattern => (Pattern: pattern, Group: group.Key)))
                .OrderByDescending(entry => entry.Pattern.Count(character => !Wildcards.Contains(character, StringComparison.Ordinal)))
                .ThenBy(entry => entry.Group, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>What is wrong with groups, each as a sentence that starts with the key.</summary>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (group, text) in patterns)
        {
            var key = $"Mayhem:Groups:{group}";
            if (group.Length > 64 || !group.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
                yield return $"{key} is no name of a group: it has 1 to 64 letters, digits, hyphens, dots and underscores.";
            if (group.Equals(Default, StringComparison.OrdinalIgnoreCase))
                yield return $"{key} is given, but hosts that belong to no other group belong to it without any pattern: leave it out.";
            if (Split(text).Length == 0)
                yield return $"{key} has no pattern; give host names such as web-*;cache-0?, separated by ';'.";
            foreach (var pattern in Split(text))
            {
                if (pattern.Length > 253 || !pattern.All(IsOfPattern))
                    yield return $"{key} has the pattern '{pattern}', which fits no host: a host's name has letters, digits, hyphens, dots and underscores, and a pattern '*' and '?' besides.";
                else if (!owners.TryAdd(pattern, group))
                    yield return $"{key} has the pattern '{pattern}', which {(owners[pattern] == group ? "it has twice" : $"Mayhem:Groups:{owners[pattern]} has, too")}: a host belongs to one group.";
            }
        }
    }

    /// <inheritdoc />
    public string GroupOf(string host)
    {
        foreach (var (pattern, group) in byPrecision)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, host, ignoreCase: true))
                return group;
        }

        return Default;
    }

    private static string[] Split(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsOfPattern(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' || Wildcards.Contains(character, StringComparison.Ordinal);
}
