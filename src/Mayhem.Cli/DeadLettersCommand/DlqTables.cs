using Mayhem.DeadLetters.Listing;
using Spectre.Console;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>Dead letters as tables for people.</summary>
internal static class DlqTables
{
    /// <summary>Writes a list.</summary>
    public static void Write(IReadOnlyCollection<DeadLetterSummary> items, long? next, string queue, DateTimeOffset now, IAnsiConsole console)
    {
        if (items.Count == 0)
        {
            console.WriteLine($"No dead letter of {queue} is like that.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Number", "Died", "Reason", "Class", "Host", "Group", "Tries", "Replays", "Request", "Report");
        foreach (var dead in items)
        {
            table.AddRow(Texts(
                $"{dead.SequenceNumber}", Ago(now - dead.DiedAt), dead.Reason, dead.Class, dead.Host, dead.Group, $"{dead.Attempts}", $"{dead.ReplayCount}", dead.RequestId ?? dead.MessageId,
                dead.ReportId));
        }

        console.Write(table);
        if (next is { } more)
            console.WriteLine($"There are more: --from {more}");
    }

    /// <summary>Writes counts.</summary>
    public static void Write(DeadLetterCensus census, string? by, string queue, DateTimeOffset now, IAnsiConsole console)
    {
        console.WriteLine($"{census.Total} dead letters of {queue}" + (census.IsWhole ? "" : $", of the oldest {census.Scanned}"));
        foreach (var (name, grouping) in new[]
        {
            ("reason", census.Reasons), ("class", census.Classes), ("fingerprint", census.Fingerprints), ("group", census.HostGroups), ("age", census.Ages), ("host", census.Hosts),
        })
        {
            if (by is null ? name != "host" : name == by)
                Write(name, grouping, now, console);
        }
    }

    /// <summary>How long ago something was, in one number.</summary>
    public static string Ago(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromMinutes(2) => $"{Math.Max(0, (int)span.TotalSeconds)} s",
        _ when span < TimeSpan.FromHours(2) => $"{(int)span.TotalMinutes} min",
        _ when span < TimeSpan.FromDays(2) => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };

    private static void Write(string name, DeadLetterGrouping grouping, DateTimeOffset now, IAnsiConsole console)
    {
        if (grouping.Groups.Count == 0)
            return;
        var table = new Table().Border(TableBorder.Simple).AddColumns(name, "Count", "Oldest", "Newest", "For example");
        foreach (var group in grouping.Groups.Take(50))
            table.AddRow(Texts(group.Key ?? "-", $"{group.Count}", Ago(now - group.Oldest), Ago(now - group.Newest), $"{group.Sample.SequenceNumber} {group.Sample.ExceptionType}"));
        if (grouping.Groups.Skip(50).Sum(group => group.Count) + grouping.Others is > 0 and var rest)
            table.AddRow(Texts("…", $"{rest}", "", "", ""));
        console.Write(table);
    }

    private static Text[] Texts(params string?[] cells) => [.. cells.Select(cell => new Text(Terminal.Printable(cell ?? "")))];
}
