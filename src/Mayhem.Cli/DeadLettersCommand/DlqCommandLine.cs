using System.CommandLine;
using Mayhem.Cli.RunDoor;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>The command <c>mayhem dlq</c>: its options, and how they are read.</summary>
internal static class DlqCommandLine
{
    private const int DefaultPage = 50;

    /// <summary>Declares the command.</summary>
    /// <param name="clock">The clock.</param>
    public static Command Create(TimeProvider clock) => new CommandWithExamples("dlq", "Look at dead letters, send them again, edit or discard them. Works while 'mayhem up' runs, on its data folder afterwards, and on Azure with --namespace.", """
        mayhem dlq groups
        mayhem dlq list --reason 'Fatal:*' --host 'web-*'
        mayhem dlq replay --class Transient --max 100 --rate 5 --why 'the rack is back' --dry-run
        mayhem dlq edit 4711 --set host=web-7 --why 'it was renamed'
        mayhem dlq export --older-than 7d --out old.jsonl && mayhem dlq discard --older-than 7d --why 'nobody waits for these'

        Exit codes: 0 done, 2 not understood or refused, 3 not all of it done, 130 interrupted.
        """)
    {
        List(clock), Groups(clock), Show(clock), Replay(clock), Edit(clock), Discard(clock), Export(clock), Import(clock),
    };

    private static Command List(TimeProvider clock)
    {
        var filter = new FilterOptions(withAll: false);
        var from = new Option<long>("--from") { HelpName = "NUMBER", Description = "Begin with this number: the end of a page tells the next one's." };
        var count = NumberOption.Whole("--count", $"At most N, up to 1000. [default: {DefaultPage}]");
        var json = Json("one JSON object a line");
        var command = new Command("list", "List dead letters, the lowest number first.") { from, count, json };
        return Finish(command, filter, (parsed, place) => new DlqRead(place, clock).ListAsync(
            filter.Read(parsed, clock.GetUtcNow()), parsed.GetValue(from), parsed.GetValue(count) ?? DefaultPage, parsed.GetValue(json)));
    }

    private static Command Groups(TimeProvider clock)
    {
        var filter = new FilterOptions(withAll: false);
        var by = new Option<string?>("--by") { HelpName = "WHAT", Description = "Only by this: reason, class, fingerprint, host, group or age. [default: all but host]" };
        by.AcceptOnlyFromAmong("reason", "class", "fingerprint", "host", "group", "age");
        var json = Json("one JSON object");
        var command = new Command("groups", "Count dead letters by what they have in common.") { by, json };
        return Finish(command, filter, (parsed, place) =>
            new DlqRead(place, clock).CountAsync(filter.Read(parsed, clock.GetUtcNow()), parsed.GetValue(by), parsed.GetValue(json)));
    }

    private static Command Show(TimeProvider clock)
    {
        var number = Number();
        var json = Json("one line of JSON");
        var command = new Command("show", "Show a dead letter: body, properties, failures, and the way to its report.") { number, json };
        return Finish(command, filter: null, (parsed, place) => new DlqRead(place, clock).ShowAsync(parsed.GetValue(number), parsed.GetValue(json)));
    }

    private static Command Replay(TimeProvider clock)
    {
        var filter = new FilterOptions(withAll: true);
        var order = new OrderOptions(ofMany: true);
        var json = Json("the outcome as one line of JSON");
        var command = new Command("replay", "Send dead letters again, with no attempt used up, and remove them. Those that die meanwhile are left alone. Ctrl+C loses nothing.") { json };
        order.AddTo(command);
        return Finish(command, filter, (parsed, place) => new DlqWork(place, clock, parsed.GetValue(json)).ReplayAsync(filter.Read(parsed, clock.GetUtcNow()), order.Read(parsed)));
    }

    private static Command Edit(TimeProvider clock)
    {
        var number = Number();
        var order = new OrderOptions(ofMany: false);
        var body = new Option<string?>("--body") { HelpName = "FILE|-", Description = "The new body; - is standard input." };
        var set = new Option<string[]>("--set") { HelpName = "FIELD=VALUE", Description = "Change a field of the body instead, as host=web-7 or notAfter=2026-12-01T00:00:00Z; an empty value removes it." };
        var json = Json("the outcome as one line of JSON");
        var command = new Command("edit", "Send a dead letter again with another body, and remove it. The old body stays in the audit.") { number, body, set, json };
        order.AddTo(command);
        return Finish(command, filter: null, (parsed, place) => new DlqWork(place, clock, parsed.GetValue(json)).EditAsync(
            parsed.GetValue(number), parsed.GetValue(body), parsed.GetValue(set) ?? [], order.Read(parsed)));
    }

    private static Command Discard(TimeProvider clock)
    {
        var filter = new FilterOptions(withAll: true);
        var order = new OrderOptions(ofMany: true);
        var yes = new Option<bool>("--yes") { Description = "Do not ask for confirmation." };
        var json = Json("the outcome as one line of JSON");
        var command = new Command("discard", "Remove dead letters for good, after a confirmation. Their bodies stay in the audit.") { yes, json };
        order.AddTo(command);
        return Finish(command, filter, (parsed, place) => new DlqWork(place, clock, parsed.GetValue(json)).DiscardAsync(
            filter.Read(parsed, clock.GetUtcNow()), order.Read(parsed), parsed.GetValue(yes)));
    }

    private static Command Export(TimeProvider clock)
    {
        var filter = new FilterOptions(withAll: false);
        var file = new Option<string?>("--out") { HelpName = "FILE", Description = "The file to write. [default: standard output]" };
        var command = new Command("export", "Write dead letters as JSON lines, with every byte and the type of every property. They stay where they are.") { file };
        return Finish(command, filter, (parsed, place) => new DlqFiles(place, clock).ExportAsync(filter.Read(parsed, clock.GetUtcNow()), parsed.GetValue(file)));
    }

    private static Command Import(TimeProvider clock)
    {
        var order = new OrderOptions(ofMany: true);
        var file = new Argument<string>("file") { Description = "What 'mayhem dlq export' has written; - is standard input." };
        var json = Json("the outcome as one line of JSON");
        var command = new Command("import", "Send what was exported, as replay does.") { file, json };
        order.AddTo(command);
        return Finish(command, filter: null, (parsed, place) => new DlqFiles(place, clock).ImportAsync(parsed.GetValue(file) ?? "", order.Read(parsed), parsed.GetValue(json)));
    }

    private static Command Finish(Command command, FilterOptions? filter, Func<ParseResult, Place, Task<int>> run)
    {
        var place = new PlaceOptions();
        filter?.AddTo(command);
        place.AddTo(command);
        command.SetAction(parsed => run(parsed, place.Read(parsed)));
        return command;
    }

    private static Argument<long> Number() => new("number") { Description = "The number of the dead letter, as 'mayhem dlq list' shows it." };

    private static Option<bool> Json(string what) => new("--json") { Description = $"Print {what} instead of text." };
}
