using System.CommandLine;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>The command <c>mayhem ledger audit</c>: its options, and how they are read.</summary>
internal static class AuditCommandLine
{
    /// <summary>Declares the command.</summary>
    public static Command Create(TimeProvider clock)
    {
        var (data, ledger, place) = LedgerPlace.Options();
        var host = new Option<string?>("--host") { HelpName = "H", Description = "Only decisions about this host." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line instead of a table." };
        var command = new Command("audit", "List what the guards have decided: every request they let pass or refused, by which rule, and every use of the kill switch.") { data, ledger, host, json };
        command.SetAction(parsed => AuditRun.RunAsync(place(parsed), parsed.GetValue(host), parsed.GetValue(json), clock));
        return command;
    }
}
