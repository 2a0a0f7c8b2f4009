using Spectre.Console;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>The ledger as a table for people.</summary>
internal static class LedgerTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(IReadOnlyCollection<LedgerLine> lines, IAnsiConsole console)
    {
        if (lines.Count == 0)
        {
            console.WriteLine("The ledger is empty: nothing was restarted yet.");
            return;
        }
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Intent (UTC)", "Host", "Group", "Outcome", "Attempts", "Took", "Process", "Request");
        foreach (var line in lines)
            table.AddRow(Cells(line).Select(cell => new Text(cell)));
        console.Write(table);
    }

    private static IEnumerable<string> Cells(LedgerLine line) =>
    [
        $"{line.IntentAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}",
        line.Host,
        line.Group ?? "",
        $"{line.Outcome}",
        $"{line.Attempts}",
        line.EndedAt is { } ended ? $"{(ended - line.IntentAt).TotalSeconds:0.00} s" : "",
        line.NewProcessId is { } fresh ? $"{line.OldProcessId?.ToString() ?? "?"} > {fresh}" : "",
        line.RequestId,
    ];
}
