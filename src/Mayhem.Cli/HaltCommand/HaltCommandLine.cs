using System.CommandLine;

namespace Mayhem.Cli.HaltCommand;

/// <summary>The commands <c>mayhem halt</c> and <c>mayhem resume</c>: the kill switch.</summary>
internal static class HaltCommandLine
{
    /// <summary>Declares <c>mayhem halt</c>.</summary>
    public static Command CreateHalt(TimeProvider clock)
    {
        var (data, ledger, place) = LedgerPlace.Options();
        var by = By();
        var reason = new Argument<string>("reason") { Description = "Why: it is told with every request that waits." };
        var command = new Command("halt", "Halt all restarts at once, in every instance on the ledger. What was begun is finished; other requests wait. Works while 'mayhem up' runs.")
        {
            reason, by, data, ledger,
        };
        command.SetAction(parsed => HaltRun.HaltAsync(place(parsed), parsed.GetValue(reason) ?? "", parsed.GetValue(by)!, clock, Console.Out));
        return command;
    }

    /// <summary>Declares <c>mayhem resume</c>.</summary>
    public static Command CreateResume(TimeProvider clock)
    {
        var (data, ledger, place) = LedgerPlace.Options();
        var by = By();
        var command = new Command("resume", "Let restarts go ahead again after 'mayhem halt'.") { by, data, ledger };
        command.SetAction(parsed => HaltRun.ResumeAsync(place(parsed), parsed.GetValue(by)!, clock, Console.Out));
        return command;
    }

    private static Option<string> By() => new("--by")
    {
        HelpName = "NAME", Description = "Who does it, for the record.", DefaultValueFactory = _ => $"{Environment.UserName}@{Environment.MachineName}",
    };
}
