using Spectre.Console;

namespace Mayhem.Cli.Up.Results;

/// <summary>The summary as a table for people.</summary>
internal static class SummaryTable
{
    /// <summary>Writes the table and the verdict below it.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="drainCommand">The command that finishes what is left in the queue.</param>
    /// <param name="reportsCommand">The command that lists the reports.</param>
    /// <param name="console">Where to.</param>
    public static void Write(Summary summary, string drainCommand, string reportsCommand, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Summary").AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in Rows(summary))
            table.AddRow(new Text(name), new Text(value));
        console.Write(table);
        console.MarkupLine(summary.Lost == 0
            ? "[green]Nothing was lost.[/]"
            : $"[red]Lost: {summary.Lost}.[/] The queue accepted these messages, and they are neither in it nor carried out nor dead-lettered.");
        if (summary.Reports > 0)
            WriteCommand("Every failure is reported with its frames and values: ", reportsCommand, console);
        if (summary.Queued > 0)
            WriteCommand($"Still in the queue: {summary.Queued}. To finish them: ", drainCommand, console);
    }

    private static void WriteCommand(string lead, string command, IAnsiConsole console) =>
        console.Write(new Paragraph(lead).Append(command, new Style(decoration: Decoration.Bold)).Append("\n"));

    private static IEnumerable<(string Name, string Value)> Rows(Summary summary)
    {
        yield return ("published", $"{summary.Published}");
        yield return ("distinct requests", $"{summary.DistinctRequests}");
        yield return ("restarted", $"{summary.Restarted}");
        if (summary.WouldRestart > 0)
            yield return ("would restart (dry run)", $"{summary.WouldRestart}");
        yield return ("duplicates suppressed", $"{summary.DuplicatesSuppressed}");
        yield return ("retried now", $"{summary.RetriedNow}");
        yield return ("retried later", $"{summary.RetriedLater}");
        yield return ("postponed", $"{summary.Postponed}");
        yield return ("save failures tolerated", $"{summary.SaveFailuresTolerated}");
        yield return ("locks renewed", $"{summary.LocksRenewed}");
        yield return ("locks lost", $"{summary.LocksLost}");
        yield return ("dead-lettered", $"{summary.DeadLettered.Values.Sum()}");
        foreach (var (reason, count) in summary.DeadLettered.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return ("  " + reason, $"{count}");
        yield return ("abandoned", $"{summary.Abandoned}");
        yield return ("reports", $"{summary.Reports}");
        yield return ("rejected lines", $"{summary.Rejected}");
        yield return ("queued", $"{summary.Queued}");
        yield return ("lost", $"{summary.Lost}");
        yield return ("seed", $"{summary.Seed}");
        yield return ("seconds", $"{summary.Seconds:0.0}");
    }
}
