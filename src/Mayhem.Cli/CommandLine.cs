using System.CommandLine;
using System.CommandLine.Parsing;
using Mayhem.Cli.CompletionCommand;
using Mayhem.Cli.DeadLettersCommand;
using Mayhem.Cli.DashboardCommand;
using Mayhem.Cli.DoctorCommand;
using Mayhem.Cli.GuardCommand;
using Mayhem.Cli.HaltCommand;
using Mayhem.Cli.LedgerCommand;
using Mayhem.Cli.ReportsCommand;
using Mayhem.Cli.RulesCommand;
using Mayhem.Cli.SendCommand;
using Mayhem.Cli.StatusCommand;
using Mayhem.Cli.Up;
using Mayhem.Redaction;

namespace Mayhem.Cli;

/// <summary>The command line as a whole. Whatever the user got wrong ends in one line on standard error and <see cref="ExitCodes.Usage"/>.</summary>
internal static class CommandLine
{
    /// <summary>Reads the arguments and carries out what they ask for.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="up">Carries out <c>mayhem up</c>.</param>
    /// <param name="ledger">Carries out <c>mayhem ledger</c>.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Func<UpOptions, Task<int>> up, Func<LedgerOptions, Task<int>> ledger)
    {
        var root = new RootCommand("Mayhem restarts hosts when messages ask for it, and no exception knocks it over.")
        {
            UpCommand.Create(up),
            DashboardCommandLine.Create(options => new DashboardRun(options, TimeProvider.System).RunAsync()),
            LedgerCommandLine.Create(ledger),
            ReportsCommandLine.Create(TimeProvider.System),
            RulesCommandLine.CreateRules(),
            RulesCommandLine.CreateExplain(),
            DoctorCommandLine.Create(DoctorRun.RunAsync),
            SendCommandLine.Create(TimeProvider.System),
            StatusCommandLine.CreateStatus(TimeProvider.System),
            StatusCommandLine.CreateWatch(TimeProvider.System),
            DlqCommandLine.Create(TimeProvider.System),
            CompletionCommandLine.Create(),
            HaltCommandLine.CreateHalt(TimeProvider.System),
            HaltCommandLine.CreateResume(TimeProvider.System),
            GuardCommandLine.Create(TimeProvider.System),
        };
        CommandWithExamples.ShowIn(root);
        var parsed = root.Parse(args);
        // A shell asks what may come next, of a line that nobody has finished.
        if (args is [var first, ..] && first.StartsWith("[suggest", StringComparison.Ordinal))
            return await parsed.InvokeAsync();
        if (parsed.UnmatchedTokens is [var unknown, ..])
            return Refuse($"'{unknown}' is no command or option here", parsed);
        if (parsed.Errors is [var error, ..])
            return Refuse(error.Message.TrimEnd('.'), parsed);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageException wrong)
        {
            return Refuse(wrong.Message);
        }
    }

    private static int Refuse(string message, ParseResult parsed)
    {
        return Refuse($"{message}. See: {Path(parsed.CommandResult)} --help");
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult outer ? $"{Path(outer)} {command.Command.Name}" : "mayhem";

    private static int Refuse(string message)
    {
        Console.Error.WriteLine("mayhem: " + Redactor.Text(string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
        return ExitCodes.Usage;
    }
}
