using System.CommandLine;
using System.Globalization;

namespace Mayhem.Cli.GuardCommand;

/// <summary>The command <c>mayhem guard</c>: its options, and how they are read.</summary>
internal static class GuardCommandLine
{
    /// <summary>Declares the command.</summary>
    public static Command Create(TimeProvider clock) => new("guard", "Tell what the guards would say. Works while 'mayhem up' runs.") { Explain(clock) };

    private static Command Explain(TimeProvider clock)
    {
        var (data, ledger, place) = LedgerPlace.Options();
        var host = new Option<string>("--host") { HelpName = "H", Description = "The host that would be restarted.", Required = true };
        var at = new Option<string?>("--at") { HelpName = "T", Description = "When, as 2026-12-24T22:30:00+01:00; UTC without an offset. [default: now]" };
        var group = new Option<string?>("--group") { HelpName = "G", Description = "The host's group. [default: by the settings; without groups there, each host is one of its own, as in 'mayhem up']" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line, one for each guard." };
        var command = new Command("explain", "Tell guard by guard whether a request to restart a host would pass, and why not. Exit code 0 if it would, 4 if not.") { host, at, group, data, ledger, json };
        command.SetAction(parsed => GuardExplain.RunAsync(
            place(parsed), parsed.GetValue(host) ?? "", Time(parsed.GetValue(at), clock), parsed.GetValue(group), parsed.GetValue(json), clock, Console.Out));
        return command;
    }

    private static DateTimeOffset Time(string? text, TimeProvider clock) => text switch
    {
        null => clock.GetUtcNow(),
        _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
        _ => throw new UsageException($"--at {text} is no time; give one such as 2026-12-24T22:30:00+01:00"),
    };
}
