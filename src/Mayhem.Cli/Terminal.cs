using Spectre.Console;

namespace Mayhem.Cli;

/// <summary>Standard output, for pictures and tables.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 200;

    /// <summary>True if standard output can show a picture that changes.</summary>
    public static bool IsLive => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Standard output: as wide and as colourful as the terminal, and plain and wide enough for every table where there is none.</summary>
    public static IAnsiConsole Output()
    {
        if (!Console.IsOutputRedirected)
            return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = WidthOfFiles;
        return console;
    }

    /// <summary>A text of some lines for the terminal, which must not obey what is in it: other control characters are replaced.</summary>
    public static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) && letter != '\n' ? '\uFFFD' : letter));
}
