using System.Globalization;
using System.Text;

namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The outcomes as tables in Markdown.</summary>
internal static class MarkdownReport
{
    /// <summary>The outcomes, then the targets.</summary>
    /// <param name="outcomes">What was measured.</param>
    /// <param name="smallThings">The targets of single steps.</param>
    /// <param name="rounds">How many rounds counted.</param>
    public static string Of(IReadOnlyCollection<Outcome> outcomes, IEnumerable<Verdict> smallThings, int rounds)
    {
        var contenders = Field.All.Keys.Where(name => outcomes.Any(outcome => outcome.Medians.ContainsKey(name))).ToArray();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Medians of {rounds} interleaved rounds on {Environment.ProcessorCount} cores, .NET {Environment.Version}. Compare within a row: absolute figures drift with the machine.");
        text.AppendLine().AppendLine(MarkdownTable.Of(["", .. contenders], outcomes.Select(outcome => Row(outcome, contenders))));
        text.AppendLine().AppendLine(MarkdownTable.Of(
            ["Target", "Measured", "Met"], TargetTable.Of(outcomes).Concat(smallThings).Select(verdict => (string[])[verdict.Target, verdict.Measured, verdict.IsMet ? "yes" : "**no**"])));
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"The packages of {Peers.Rebus} and {Peers.Wolverine} are not on the feed of this machine. What is said of them rests on their measured ratio to MassTransit elsewhere, not on this run.");
        return text.ToString();
    }

    /// <summary>The figures that contenders are compared by, of Mayhem and of MassTransit: short enough for a README.</summary>
    public static string InShort(IReadOnlyCollection<Outcome> outcomes) => MarkdownTable.Of(
        ["", Field.Mayhem, Field.MayhemDurable, Field.MassTransit, "in memory, times as good"],
        outcomes.Select(outcome => (string[])[outcome.Workload.Title, First(outcome, Field.Mayhem), First(outcome, Field.MayhemDurable), First(outcome, Field.MassTransit), Ratio(outcome, Field.Mayhem).Trim(' ', '(', ')')]));

    private static string First(Outcome outcome, string name) => outcome.Medians.TryGetValue(name, out var run) ? Figures.First(outcome.Workload, run) : "";

    private static string[] Row(Outcome outcome, string[] contenders) =>
    [
        $"{outcome.Workload.Title}: {Figures.Legend(outcome.Workload.Measure)}",
        .. contenders.Select(name => outcome.Medians.TryGetValue(name, out var run) ? Figures.Of(outcome.Workload, run) + Ratio(outcome, name) : ""),
    ];

    private static string Ratio(Outcome outcome, string name) =>
        name != Field.MassTransit && outcome.Ratio(name, Field.MassTransit) is { } ratio ? string.Create(CultureInfo.InvariantCulture, $" ({ratio:0.0} x)") : "";
}
