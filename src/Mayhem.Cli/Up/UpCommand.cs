using System.CommandLine;
using System.Globalization;
using Mayhem.Cli.DashboardCommand;
using Mayhem.FrontDoor;
using Mayhem.Local.Chaos.KillPoints;

namespace Mayhem.Cli.Up;

/// <summary>The command <c>mayhem up</c>: its options, and how they are read.</summary>
internal static class UpCommand
{
    private static readonly Option<string> Data = DataFolderOption.Create();

    private static readonly Option<int?> Count = NumberOption.Whole("--count", "Publish N generated requests and finish when all are settled.");

    private static readonly Option<double?> Rate = NumberOption.Decimal(
        "--rate", $"Requests a second; fractions are allowed. [default: as fast as it goes with --count or --requests, else {UpOptions.DefaultRate}]");

    private static readonly Option<string?> Requests = new("--requests")
    {
        HelpName = "FILE|-",
        Description = "Publish the requests of a file, one JSON object a line (- is standard input), and finish when all are settled.",
    };

    private static readonly Option<double?> Chaos = NumberOption.Decimal(
        "--chaos", "Share of the generated requests that go wrong, 0 to 1: fail once, fail always, throttle, hang longer than the lock, "
        + "unknown host, malformed body, duplicate. [default: 0]", "P");

    private static readonly Option<int?> Seed = NumberOption.Whole(
        "--seed", "Repeat the hosts and the chaos of the run that printed this seed. Request ids stay unique. [default: a new seed]");

    private static readonly Option<bool> Drain = new("--drain")
    {
        Description = "Publish nothing; finish what is in the queue, scheduled retries included.",
    };

    private static readonly Option<int?> Hosts = NumberOption.Whole(
        "--hosts", $"How many hosts the fleet has; each is a process. [default: {UpOptions.DefaultHosts}]");

    private static readonly Option<bool> Sessions = new("--sessions")
    {
        Description = "Use a queue with sessions, one for each host: the requests for a host are carried out in the order in which they were sent. [default: the setting Mayhem:Queue:Sessions]",
    };

    private static readonly Option<TimeSpan?> DuplicateWindow = new("--duplicate-window")
    {
        HelpName = "TIME",
        Description = $"How long the queue remembers message ids, to drop what is sent twice; 0 for not at all. [default: {LocalQueue.DefaultDuplicateWindow}]",
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (text is "0")
                return TimeSpan.Zero;
            if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var window))
                return window;
            result.AddError($"--duplicate-window must be a time, as 00:10:00 for ten minutes, or 0, not '{text}'");
            return null;
        },
    };

    private static readonly Option<string?> Ledger = LedgerOption.Create();

    private static readonly Option<int?> DoorPort = NumberOption.Whole(
        "--door-port", $"The port on which the broker takes messages over HTTP; 0 for any that is free. [default: {FrontDoorServer.DefaultPort}, or one of the next nine if it is taken]");

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "End with the summary as one line of JSON, alone on standard output; progress goes to standard error.",
    };

    private static readonly DashboardOptionsOfCommand Dashboard = new();

    private static readonly Option<bool> NoDashboard = new("--no-dashboard") { Description = "Serve no dashboard." };

    private static readonly Option<bool> AcceptLoss = new("--accept-loss")
    {
        Description = "Start though records of the queue or the ledger are damaged. What cannot be read is kept beside its file; requests may be lost, or carried out again.",
    };

    private static readonly Option<KillPlan?> DieAt = new("--die-at")
    {
        Hidden = true,
        HelpName = "POINT[:N][@REQUEST]",
        Description = "Die as by kill -9 when this point is reached.",
        CustomParser = result =>
        {
            var plan = KillPlan.Parse(result.Tokens is [var token] ? token.Value : "", out var error);
            if (error is not null)
                result.AddError($"--die-at: {error}");
            return plan;
        },
    };

    private static readonly Option<int?> CompactAfter = CreateCompactAfter();

    /// <summary>Declares the command.</summary>
    public static Command Create(Func<UpOptions, Task<int>> run)
    {
        var command = new Command("up", "Run broker, fleet and function app, and restart hosts as the queue's messages ask. "
            + "Publishes generated requests until Ctrl+C, unless --count, --requests or --drain says otherwise.")
        {
            Count, Rate, Requests, Chaos, Seed, Drain, Hosts, Sessions, DuplicateWindow, Data, Ledger, DoorPort, Json, NoDashboard, AcceptLoss, DieAt, CompactAfter,
        };
        Dashboard.AddTo(command);
        command.SetAction(parsed => run(Validated(Read(parsed))));
        return command;
    }

    private static UpOptions Read(ParseResult parsed) => new()
    {
        DataFolder = parsed.GetValue(Data) ?? "",
        Count = parsed.GetValue(Count),
        Rate = parsed.GetValue(Rate),
        Requests = parsed.GetValue(Requests),
        Chaos = parsed.GetValue(Chaos),
        Seed = parsed.GetValue(Seed),
        Drain = parsed.GetValue(Drain),
        Hosts = parsed.GetValue(Hosts) ?? UpOptions.DefaultHosts,
        Sessions = parsed.GetValue(Sessions),
        DuplicateWindow = parsed.GetValue(DuplicateWindow),
        Ledger = parsed.GetValue(Ledger),
        DoorPort = parsed.GetValue(DoorPort),
        Json = parsed.GetValue(Json),
        Dashboard = parsed.GetValue(NoDashboard) ? null : Dashboard.Read(parsed),
        AcceptLoss = parsed.GetValue(AcceptLoss),
        DieAt = parsed.GetValue(DieAt),
        CompactAfter = parsed.GetValue(CompactAfter),
    };

    private static Option<int?> CreateCompactAfter()
    {
        var option = NumberOption.Whole("--compact-after", "Compact journals from N bytes on.");
        option.Hidden = true;
        return option;
    }

    private static UpOptions Validated(UpOptions options) =>
        options.Errors().FirstOrDefault() is { } error ? throw new UsageException(error) : options;
}
