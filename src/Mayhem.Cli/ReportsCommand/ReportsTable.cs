using Spectre.Console;

namespace Mayhem.Cli.ReportsCommand;

/// <summary>Reports as tables for people.</summary>
internal static class ReportsTable
{
    private const int LongestMessage = 60;

    /// <summary>Writes a line for each report.</summary>
    public static void Write(IReadOnlyList<ReportLine> lines, IAnsiConsole console)
    {
        Write(
            ["Time (UTC)", "Kind", "Host", "Attempt", "Failure", "Fingerprint", "Id"],
            lines.Select(line => (IEnumerable<string>)
            [
                Time(line.At), $"{line.Kind}", line.Host ?? "", line.Attempt ?? "", Short($"{line.ShortType}: {line.Message}"),
                line.Unreported == 0 ? line.Fingerprint : $"{line.Fingerprint} (+{line.Unreported})", line.Id,
            ]),
            console);
        console.WriteLine("'mayhem reports show ID' shows one with every frame and its values; the beginning of an id is enough, and 'last' is the newest.");
    }

    /// <summary>Writes a line for each cause.</summary>
    public static void Write(IReadOnlyList<CauseLine> causes, IAnsiConsole console) => Write(
        ["Failures", "Reports", "First (UTC)", "Last (UTC)", "Failure", "Fingerprint", "Last id"],
        causes.Select(cause => (IEnumerable<string>)
        [
            $"{cause.Failures}", $"{cause.Reports}", Time(cause.First), Time(cause.Last), Short($"{cause.Type[(cause.Type.LastIndexOf('.') + 1)..]}: {cause.Message}"),
            cause.Fingerprint, cause.LastId,
        ]),
        console);

    private static void Write(string[] columns, IEnumerable<IEnumerable<string>> rows, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column) { NoWrap = column is "Id" or "Last id" });
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        console.Write(table);
    }

    private static string Time(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}";

    // Messages come from anywhere: nothing in them may control the terminal.
    private static string Short(string text)
    {
        var line = string.Concat(text.ReplaceLineEndings(" ").Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= LongestMessage ? line : string.Concat(line.AsSpan(0, LongestMessage - 1), "…");
    }
}
