using Mayhem.Cli.Up.Logging;

namespace Mayhem.Cli.Up.Display;

/// <summary>Chooses how a run is shown.</summary>
internal static class Displays
{
    /// <summary>True if a picture will be on the terminal, and nothing else must be written to it meanwhile.</summary>
    public static bool IsPicture(UpOptions options) => !options.Json && Terminal.IsLive;

    /// <summary>A picture on a terminal; lines where there is none, and lines on standard error where standard output is for machines.</summary>
    public static IRunDisplay For(UpOptions options, string title, NoticeBoard notices, string logPath, TimeProvider clock) => IsPicture(options)
        ? new LiveDisplay(Terminal.Output(), title, clock)
        : new PlainDisplay(title, options.Json ? Console.Error : Console.Out, notices, clock, logPath);
}
