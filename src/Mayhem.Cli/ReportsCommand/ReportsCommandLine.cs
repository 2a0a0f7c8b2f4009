using System.CommandLine;

namespace Mayhem.Cli.ReportsCommand;

/// <summary>The command <c>mayhem reports</c>: its options, and how they are read.</summary>
internal static class ReportsCommandLine
{
    /// <summary>Declares the command.</summary>
    /// <param name="clock">Tells how long ago a time is.</param>
    public static Command Create(TimeProvider clock) => new("reports", "List and show the reports of failures. Works while 'mayhem up' runs.") { List(clock), Show() };

    private static Command List(TimeProvider clock)
    {
        var (data, folder) = Place();
        var fingerprint = new Option<string?>("--fingerprint") { HelpName = "F", Description = "Only failures of this cause; the beginning of a fingerprint is enough." };
        var since = new Option<string?>("--since") { HelpName = "T", Description = "Only failures since then: how long ago, as 30m, 2h or 1d, or a time, as 2026-11-21T03:00:00Z." };
        var grouped = new Option<bool>("--by-fingerprint") { Description = "One line for each cause, with how often it was reported." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line instead of a table." };
        var command = new Command("list", "List reports, the newest first.") { data, folder, fingerprint, since, grouped, json };
        command.SetAction(parsed => ReportsList.Run(new ReportsListOptions(new ReportsPlace(parsed.GetValue(data) ?? "", parsed.GetValue(folder)))
        {
            Fingerprint = parsed.GetValue(fingerprint),
            Since = parsed.GetValue(since) is { } text ? Since.Parse(text, clock.GetUtcNow()) : null,
            Grouped = parsed.GetValue(grouped),
            Json = parsed.GetValue(json),
        }));
        return command;
    }

    private static Command Show()
    {
        var (data, folder) = Place();
        var id = new Argument<string>("id") { Description = "The id of the report, or its beginning, or 'last' for the newest." };
        var json = new Option<bool>("--json") { Description = "Print the report as one line of JSON." };
        var allFrames = new Option<bool>("--all-frames") { Description = "Show the frames of libraries one by one as well." };
        var command = new Command("show", "Show a report: what happened, every frame with its values, the message, the process.") { id, data, folder, json, allFrames };
        command.SetAction(parsed => ReportsShow.Run(new ReportsShowOptions(
            new ReportsPlace(parsed.GetValue(data) ?? "", parsed.GetValue(folder)), parsed.GetValue(id) ?? "", parsed.GetValue(json), parsed.GetValue(allFrames))));
        return command;
    }

    private static (Option<string> Data, Option<string?> Folder) Place() => (
        DataFolderOption.Create(),
        new Option<string?>("--folder") { HelpName = "DIR", Description = "Any folder of reports instead, as an archive or a spool that was copied from elsewhere." });
}
