using System.Globalization;
using System.Text;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The outcomes as tables in Markdown.</summary>
internal static class MarkdownReport
{
    public static string Of(IReadOnlyCollection<Outcome> outcomes, int rounds)
    {
        var contenders = Field.All.Keys.Where(name => outcomes.Any(outcome => outcome.Medians.ContainsKey(name))).ToArray();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Medians of {rounds} interleaved rounds on {Environment.ProcessorCount} cores, .NET {Environment.Version}. Compare within a row: absolute figures drift with the machine.");
        text.AppendLine().AppendLine(Row(["", .. contenders])).AppendLine(Row(["---", .. contenders.Select(_ => "---:")]));
        foreach (var outcome in outcomes)
            text.AppendLine(Row([outcome.Workload.Title, .. contenders.Select(name => outcome.Medians.TryGetValue(name, out var run) ? Figures.Of(outcome.Workload, run) : "")]));
        text.AppendLine().AppendLine(Row(["Target", "Measured", "Met"])).AppendLine(Row(["---", "---:", "---"]));
        foreach (var verdict in Targets.Of(outcomes))
            text.AppendLine(Row([verdict.Target, verdict.Measured, verdict.IsMet ? "yes" : "no"]));
        return text.ToString();
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
