using System.CommandLine;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>The command <c>mayhem ledger</c>: its options, and how they are read.</summary>
internal static class LedgerCommandLine
{
    /// <summary>Declares the command.</summary>
    public static Command Create(Func<LedgerOptions, Task<int>> run)
    {
        var data = DataFolderOption.Create();
        var ledger = LedgerOption.Create();
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line instead of a table." };
        var command = new Command("ledger", "List what was restarted, when, for which request, with which process ids. Works while 'mayhem up' runs.")
        {
            data, ledger, json, AuditCommandLine.Create(TimeProvider.System),
        };
        command.SetAction(parsed => run(new LedgerOptions(
            parsed.GetResult(data) is { Implicit: false } ? parsed.GetValue(data) : null, parsed.GetValue(ledger), parsed.GetValue(json))));
        return command;
    }
}
