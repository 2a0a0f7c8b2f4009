using Mayhem.Cli.Up.Logging;

namespace Mayhem.Cli.Up.Display;

/// <summary>Chooses how a run is shown.</summary>
internal static class Displays
{
    /// <summary>A picture on a terminal; lines where there is none, and lines on standard error where standard output is for machines.</summary>
    public static IRunDisplay For(UpOptions options, string title, NoticeBoard notices, string logPath, TimeProvider clock)
    {
        if (options.Json)
            return new PlainDisplay(title, Console.Error, notices, clock, logPath);
        return Console.IsOutputRedirected
            ? new PlainDisplay(title, Console.Out, notices, clock, logPath)
            : new LiveDisplay(Terminal.Output(), title, clock);
    }
}
