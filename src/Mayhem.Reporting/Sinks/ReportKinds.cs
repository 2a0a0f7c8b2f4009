using Mayhem.Reports;

namespace Mayhem.Reporting.Sinks;

/// <summary>Lists of report kinds in settings, as <c>Final, Unhandled</c>.</summary>
internal static class ReportKinds
{
    /// <summary>What a person has to look at.</summary>
    public const string WorthALook = "Final, ProcessFatal, Unhandled";

    /// <summary>The kinds that a list names.</summary>
    /// <exception cref="FormatException">It names something else, or nothing.</exception>
    public static IReadOnlySet<ReportKind> Parse(string list)
    {
        var kinds = new HashSet<ReportKind>();
        foreach (var name in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Array.Exists(Enum.GetNames<ReportKind>(), known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)))
                throw new FormatException($"'{name}' is no kind of report");
            kinds.Add(Enum.Parse<ReportKind>(name, ignoreCase: true));
        }

        return kinds.Count > 0 ? kinds : throw new FormatException("it names no kind of report");
    }

    /// <summary>What is wrong with a list, in a sentence that begins with the name of its option; null if nothing is.</summary>
    public static string? Problem(string option, string list)
    {
        try
        {
            Parse(list);
            return null;
        }
        catch (FormatException error)
        {
            return $"{option} is '{list}', and {error.Message}; give some of {string.Join(", ", Enum.GetNames<ReportKind>())}.";
        }
    }
}
