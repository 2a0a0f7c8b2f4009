using System.CommandLine;
using Mayhem.Cli.RunDoor;

namespace Mayhem.Cli.StatusCommand;

/// <summary>The commands <c>mayhem status</c> and <c>mayhem watch</c>: their options, and how they are read.</summary>
internal static class StatusCommandLine
{
    /// <summary>Declares <c>mayhem status</c>.</summary>
    /// <param name="clock">The clock.</param>
    public static Command CreateStatus(TimeProvider clock)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var place = new PlaceOptions();
        var command = new CommandWithExamples("status", "Tell how a queue stands, and what a running 'mayhem up' works on.", """
            mayhem status
            mayhem status --json | jq .queue.deadLettered
            mayhem status --namespace my-namespace
            """) { json };
        place.AddTo(command);
        command.SetAction(parsed => new StatusRun(place.Read(parsed), clock, parsed.GetValue(json)).OnceAsync());
        return command;
    }

    /// <summary>Declares <c>mayhem watch</c>.</summary>
    /// <param name="clock">The clock.</param>
    public static Command CreateWatch(TimeProvider clock)
    {
        var interval = NumberOption.Decimal("--interval", "Look every N seconds. [default: 1]", "SECONDS");
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line, each time." };
        var place = new PlaceOptions();
        var command = new Command("watch", "Look on until Ctrl+C, or until the run has ended: what 'mayhem status' tells, again and again.") { interval, json };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            var seconds = parsed.GetValue(interval) ?? 1;
            return seconds is >= 0.1 and <= 3600
                ? new StatusRun(place.Read(parsed), clock, parsed.GetValue(json)).WatchAsync(TimeSpan.FromSeconds(seconds))
                : throw new UsageException($"--interval must be from 0.1 to 3600 seconds, not {seconds}");
        });
        return command;
    }
}
