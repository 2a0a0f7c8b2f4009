namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>A table in Markdown. The first column is text, those after it are figures, unless told otherwise.</summary>
internal static class MarkdownTable
{
    public static string Of(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, int textColumns = 1) => string.Join(
        Environment.NewLine, [Row(head), Row(head.Select((_, column) => column < textColumns ? "---" : "---:")), .. rows.Select(Row)]);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
