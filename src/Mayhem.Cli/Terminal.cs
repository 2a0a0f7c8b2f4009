using Spectre.Console;

namespace Mayhem.Cli;

/// <summary>The console for tables.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 200;

    /// <summary>Standard output: as wide as the terminal, and wide enough for every table where there is none.</summary>
    public static IAnsiConsole Output()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFiles;
        return console;
    }
}
