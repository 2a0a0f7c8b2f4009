using System.CommandLine;
using Mayhem.Cli.Up;

namespace Mayhem.Cli;

/// <summary>The option <c>--data</c>, which several commands have.</summary>
internal static class DataFolderOption
{
    /// <summary>Declares the option for one command.</summary>
    public static Option<string> Create() => new("--data")
    {
        HelpName = "DIR",
        Description = "The folder that holds the queue, the ledger and the log.",
        DefaultValueFactory = _ => UpOptions.DefaultDataFolder,
    };
}
