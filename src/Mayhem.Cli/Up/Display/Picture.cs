using Mayhem.Cli.Up.Logging;
using Mayhem.Observation;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayhem.Cli.Up.Display;

/// <summary>Draws a frame. Takes no more lines than the terminal has. What comes from outside is no markup, which would make a picture of <c>:smile:</c>.</summary>
internal static class Picture
{
    private const int CountLines = 9;
    private const int NoticeLines = 5;
    private const int Headings = 7;
    // A line of groups, an empty one, and a row in flight.
    private const int MinRoom = 3;
    private const int MaxRows = 16;
    private const int MaxReasons = 7;
    private const int MaxGroups = 5;
    // The time before a notice, and a little room after it: the terminal's own ^C must not break the line.
    private const int TimeWidth = 13;
    private const int HostWidth = 24;

    private static readonly Style Red = new(Color.Red);
    private static readonly Style Yellow = new(Color.Yellow);
    private static readonly Style Grey = new(Color.Grey);

    /// <summary>Draws one frame.</summary>
    /// <param name="frame">What to show.</param>
    /// <param name="title">The heading.</param>
    /// <param name="width">How many characters a line of the terminal has.</param>
    /// <param name="height">How many lines it has.</param>
    public static IRenderable Of(Frame frame, string title, int width, int height)
    {
        var room = Math.Max(MinRoom, height - CountLines - NoticeLines - Headings);
        var groups = Groups(frame, Math.Min(MaxGroups, room - MinRoom + 1));
        var rows = Math.Clamp(groups.Count > 0 ? room - groups.Count - 1 : room, 1, MaxRows);
        var parts = new List<IRenderable>
        {
            Heading.Of(frame, title, width),
            Side().AddRow(Counts(frame), Queue(frame), DeadLetters(frame)),
            Text.Empty,
        };
        if (groups.Count > 0)
            parts.AddRange([.. groups, Text.Empty]);
        if (frame.InFlight.Count > 0)
            parts.AddRange([InFlight(frame, rows), Text.Empty]);
        parts.Add(Notices(frame, width));
        return new Rows(parts);
    }

    private static Grid Side()
    {
        var grid = new Grid();
        for (var column = 0; column < 3; column++)
            grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 0));
        return grid;
    }

    private static Table Counts(Frame frame)
    {
        var table = Small("Done", "");
        table.AddRow("published", frame.Planned is { } planned ? $"{frame.Published} of {planned}" : $"{frame.Published} ({frame.PublishRate:0.0}/s)");
        table.AddRow("[green]restarted[/]", $"[green]{frame.Counts[ProcessingEvent.Restarted]}[/] ({frame.RestartRate:0.0}/s)");
        table.AddRow("retried now", Count(frame, ProcessingEvent.RetriedNow));
        table.AddRow("retried later", Count(frame, ProcessingEvent.RetriedLater));
        table.AddRow("postponed", Count(frame, ProcessingEvent.Postponed));
        table.AddRow("locks renewed", Count(frame, ProcessingEvent.LockRenewed));
        table.AddRow("locks lost", Count(frame, ProcessingEvent.LockLost));
        table.AddRow("abandoned", Count(frame, ProcessingEvent.Abandoned));
        return table;
    }

    private static Table Queue(Frame frame)
    {
        var table = Small("Queue", "");
        table.AddRow("ready", $"{frame.Queue.Active}");
        table.AddRow("locked", $"{frame.Queue.Locked}");
        table.AddRow("scheduled", $"{frame.Queue.Scheduled}");
        table.AddRow("deferred", $"{frame.Queue.Deferred}");
        return table;
    }

    private static Table DeadLetters(Frame frame)
    {
        var table = Small("Dead letters", "");
        foreach (var (reason, count) in frame.DeadLettered.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxReasons))
            table.AddRow(new Text(reason, Red), new Text($"{count}", Red));
        if (frame.DeadLettered.Count == 0)
            table.AddRow("none", "");
        return table;
    }

    private static List<IRenderable> Groups(Frame frame, int lines)
    {
        var shown = frame.Groups.Count <= lines ? frame.Groups.Count : lines - 1;
        var rendered = frame.Groups.Take(shown)
            .Select(group => (IRenderable)new Paragraph(group.Group, Yellow).Append($" {GroupText.Of(group, frame.At)}")).ToList();
        if (frame.Groups.Count > shown)
            rendered.Add(new Text($"{(shown == 0 ? "" : "and ")}{frame.Groups.Count - shown} {(shown == 0 ? "" : "more ")}groups are held back", Yellow));
        return rendered;
    }

    private static Table InFlight(Frame frame, int rows)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn($"[bold]In flight ({frame.InFlight.Count})[/]").Width(HostWidth))
            .AddColumn(new TableColumn("stage").Width(12)).AddColumn(new TableColumn("attempt").Width(9)).AddColumn("age");
        foreach (var row in frame.InFlight.Take(rows))
            table.AddRow(new Text(row.Host), new Markup(Stage(row.Stage)), new Text($"{row.Attempt}"), new Text($"{row.Age.TotalSeconds:0.0} s"));
        if (frame.InFlight.Count > rows)
            table.AddRow($"[grey]and {frame.InFlight.Count - rows} more[/]", "", "", "");
        return table;
    }

    private static Rows Notices(Frame frame, int width) => new(frame.Notices.TakeLast(NoticeLines).Select(notice =>
        new Paragraph($"{notice.At.UtcDateTime:HH:mm:ss} ", Grey).Append(Cells.Fit(notice.Text, width - TimeWidth), notice.Level == LogLevel.Warning ? Yellow : Red)));

    private static string Stage(MessageStage stage) => stage switch
    {
        MessageStage.Restarting => "[green]restarting[/]",
        MessageStage.Waiting => "[yellow]waiting[/]",
        MessageStage.Settling => "settling",
        _ => "reading",
    };

    private static string Count(Frame frame, ProcessingEvent counted) => $"{frame.Counts[counted]}";

    private static Table Small(string title, string second) => new Table().Border(TableBorder.None)
        .AddColumn(new TableColumn($"[bold]{title}[/]").NoWrap().Padding(0, 0, 1, 0))
        .AddColumn(new TableColumn(second).NoWrap().RightAligned().Padding(0, 0, 0, 0));
}
