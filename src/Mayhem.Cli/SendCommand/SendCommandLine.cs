using System.CommandLine;
using Mayhem.Cli.RunDoor;

namespace Mayhem.Cli.SendCommand;

/// <summary>The command <c>mayhem send</c>: its options, and how they are read.</summary>
internal static class SendCommandLine
{
    /// <summary>Declares the command.</summary>
    /// <param name="clock">The clock.</param>
    public static Command Create(TimeProvider clock)
    {
        var host = new Option<string?>("--host") { HelpName = "HOST", Description = "The host to restart." };
        var group = new Option<string?>("--group") { HelpName = "GROUP", Description = "The host's group." };
        var reason = new Option<string?>("--reason") { HelpName = "TEXT", Description = "Why." };
        var requester = new Option<string?>("--requester") { HelpName = "NAME", Description = "Who asks. [default: the user of this session]" };
        var id = new Option<string?>("--request-id") { HelpName = "ID", Description = "The request's id: one id restarts a host once. [default: a new one]" };
        var notAfter = new Option<string?>("--not-after") { HelpName = "TIME", Description = "Not later than this time, as 2026-12-01T18:00:00Z." };
        var file = new Option<string?>("--file") { HelpName = "FILE|-", Description = "Send the requests of a file instead, one JSON object a line; - is standard input." };
        var rate = NumberOption.Decimal("--rate", "With --file, at most N a second. [default: as fast as it goes]");
        var json = new Option<bool>("--json") { Description = "Print the outcome as one line of JSON." };
        var place = new PlaceOptions();
        var command = new CommandWithExamples("send", "Ask for restarts: of a running 'mayhem up', of its next run if none runs, or in Azure with --namespace.", """
            mayhem send --host cattle-0001 --reason stuck
            mayhem send --file requests.jsonl --rate 10
            echo '{"version":1,"requestId":"42","host":"cattle-0001","requester":"me"}' | mayhem send --file -

            Exit codes: 0 all accepted, 2 not understood, or some lines are no requests.
            """) { host, group, reason, requester, id, notAfter, file, rate, json };
        place.AddTo(command);
        command.SetAction(parsed => new SendRun(place.Read(parsed), clock).RunAsync(new SendOptions
        {
            Host = parsed.GetValue(host),
            Group = parsed.GetValue(group),
            Reason = parsed.GetValue(reason),
            Requester = parsed.GetValue(requester) ?? Environment.UserName,
            RequestId = parsed.GetValue(id),
            NotAfter = parsed.GetValue(notAfter),
            File = parsed.GetValue(file),
            Rate = parsed.GetValue(rate),
            Json = parsed.GetValue(json),
        }));
        return command;
    }
}
