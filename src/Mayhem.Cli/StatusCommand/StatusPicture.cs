using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayhem.Cli.StatusCommand;

/// <summary>A status as a picture for people.</summary>
internal static class StatusPicture
{
    private const int MostInFlight = 20;
    private static readonly string[] QueueFields = ["name", "active", "locked", "scheduled", "deferred", "deadLettered"];

    /// <summary>The picture.</summary>
    public static IRenderable Of(JsonElement status)
    {
        var parts = new List<IRenderable> { new Text(Title(status)), Queue(status.GetProperty("queue")) };
        if (status.TryGetProperty("counts", out var counts))
            parts.Add(Counts(counts));
        if (status.TryGetProperty("inFlight", out var messages) && messages.GetArrayLength() > 0)
            parts.Add(InFlight(messages));
        if (status.TryGetProperty("heldBack", out var groups) && groups.GetArrayLength() > 0)
            parts.Add(HeldBack(groups));
        return new Rows(parts);
    }

    private static string Title(JsonElement status)
    {
        if (status.TryGetProperty("namespace", out var name))
            return $"Namespace {name.GetString()}";
        return status.GetProperty("running").GetBoolean() ? $"mayhem up runs on {status.GetProperty("data").GetString()}" : $"Nothing runs on {status.GetProperty("data").GetString()}";
    }

    private static Table Queue(JsonElement queue)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Queue", "Active", "Locked", "Scheduled", "Deferred", "Dead letters");
        return table.AddRow(Texts(QueueFields.Select(name => queue.GetProperty(name).ToString())));
    }

    private static Table Counts(JsonElement counts)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Since the run began", "");
        foreach (var count in counts.EnumerateObject().Where(count => count.Value.GetInt64() > 0))
            table.AddRow(Texts([count.Name, count.Value.ToString()]));
        return table;
    }

    private static Table InFlight(JsonElement messages)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("In flight", "Stage", "Attempt", "Seconds");
        foreach (var message in messages.EnumerateArray().Take(MostInFlight))
        {
            var host = message.TryGetProperty("host", out var known) ? known : message.GetProperty("messageId");
            table.AddRow(Texts([
                host.ToString(), message.GetProperty("stage").ToString(), message.GetProperty("attempt").ToString(),
                message.GetProperty("seconds").GetDouble().ToString("0.0", CultureInfo.InvariantCulture),
            ]));
        }

        if (messages.GetArrayLength() > MostInFlight)
            table.AddRow(Texts([$"and {messages.GetArrayLength() - MostInFlight} more", "", "", ""]));
        return table;
    }

    private static Table HeldBack(JsonElement groups)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Held back", "Breaker", "Until");
        foreach (var group in groups.EnumerateArray())
            table.AddRow(Texts([group.GetProperty("group").ToString(), group.GetProperty("breaker").ToString(), group.TryGetProperty("until", out var until) ? until.ToString() : ""]));
        return table;
    }

    private static Text[] Texts(IEnumerable<string> cells) => [.. cells.Select(cell => new Text(Terminal.Printable(cell)))];
}
