using System.CommandLine;

namespace Mayhem.Cli.CompletionCommand;

/// <summary>The command <c>mayhem completion</c>: prints a script that makes a shell complete commands and options.</summary>
internal static class CompletionCommandLine
{
    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        var command = new CommandWithExamples("completion", "Print a script that makes a shell complete commands and options.", """
            source <(mayhem completion bash)
            mayhem completion zsh > "${fpath[1]}/_mayhem"
            mayhem completion pwsh | Out-String | Invoke-Expression
            """) { shell };
        command.SetAction(parsed =>
        {
            Console.Out.Write(CompletionScripts.Of(parsed.GetValue(shell)!));
            return ExitCodes.Success;
        });
        return command;
    }
}
