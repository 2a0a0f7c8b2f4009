using System.Text.RegularExpressions;

namespace Mayhem.Functions.Tests.Telemetry.Names;

/// <summary>The names of events, properties and measurements that a query uses.</summary>
internal sealed partial record KqlNames(IReadOnlyList<string> Events, IReadOnlyList<string> Properties, IReadOnlyList<string> Measurements)
{
    public static KqlNames Of(string kql) => new(
        [.. ComparedEvents().Matches(kql).SelectMany(match => Texts().Matches(match.Groups["names"].Value)).Select(match => match.Groups["text"].Value).Distinct(StringComparer.Ordinal)],
        [.. Names(PropertyNames(), kql)],
        [.. Names(MeasurementNames(), kql)]);

    private static IEnumerable<string> Names(Regex pattern, string kql) =>
        pattern.Matches(kql).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);

    // An event's name is compared where it is read, or under the name Event.
    [GeneratedRegex("""(?:customDimensions\.EventName|\bEvent)\)?\s*(?:==\s*(?<names>"[^"]*")|in~?\s*\((?<names>[^)]*)\))""", RegexOptions.None, 1000)]
    private static partial Regex ComparedEvents();

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Texts();

    [GeneratedRegex("""\bcustomDimensions(?:\.(?<name>\w+)|\["(?<name>[^"]+)"\])""", RegexOptions.None, 1000)]
    private static partial Regex PropertyNames();

    [GeneratedRegex("""\bcustomMeasurements(?:\.(?<name>\w+)|\["(?<name>[^"]+)"\])""", RegexOptions.None, 1000)]
    private static partial Regex MeasurementNames();
}
