using Microsoft.Extensions.Logging;

namespace Mayhem.Cli;

/// <summary>Every log text of the command line.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "mayhem up begins with {Options} and seed {Seed}.")]
    public static partial void RunBegins(ILogger logger, object options, int seed);

    [LoggerMessage(4001, LogLevel.Information, "mayhem up was asked to stop.")]
    public static partial void StopAsked(ILogger logger);

    [LoggerMessage(4002, LogLevel.Information, "mayhem up ends with {ExitCode}: {Summary}")]
    public static partial void RunEnds(ILogger logger, int exitCode, string summary);

    [LoggerMessage(4003, LogLevel.Critical, "mayhem up failed.")]
    public static partial void RunFailed(ILogger logger, Exception failure);

    [LoggerMessage(4050, LogLevel.Error, "The run has no front door: other programs cannot send to it, and other commands cannot look at it.")]
    public static partial void NoDoor(ILogger logger, Exception failure);
    [LoggerMessage(4004, LogLevel.Information, "There is no dashboard. The run goes on without it.")]
    public static partial void NoDashboard(ILogger logger, Exception failure);
}
