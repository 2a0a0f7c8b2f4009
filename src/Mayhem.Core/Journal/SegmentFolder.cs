using System.Globalization;

namespace Mayhem.Journal;

/// <summary>Names and finds the logs of a journal: <c>journal-00000001.log</c>, numbered upwards; the highest one counts.</summary>
internal static class SegmentFolder
{
    private const string Prefix = "journal-";
    private const string Suffix = ".log";
    private const string AsideSuffix = ".new";

    public static string PathOf(string folder, long number) => Path.Combine(folder, $"{Prefix}{number:D8}{Suffix}");

    /// <summary>Where a log is written until it is complete.</summary>
    public static string AsidePathOf(string folder, long number) => PathOf(folder, number) + AsideSuffix;

    /// <summary>The numbers of the complete logs, the highest first.</summary>
    public static IReadOnlyList<long> List(string folder)
    {
        var numbers = new List<long>();
        foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix))
        {
            var name = Path.GetFileName(path.AsSpan());
            if (long.TryParse(name[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        }
        numbers.Sort((one, other) => other.CompareTo(one));
        return numbers;
    }

    public static IReadOnlyList<string> ListAside(string folder) => Directory.GetFiles(folder, Prefix + "*" + Suffix + AsideSuffix);
}
