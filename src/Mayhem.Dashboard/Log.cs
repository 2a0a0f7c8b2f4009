using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard;

/// <summary>Every log text of the dashboard. Event ids from 9000.</summary>
internal static partial class Log
{
    [LoggerMessage(9000, LogLevel.Information, "The dashboard is on {Url}.")]
    public static partial void Listening(ILogger logger, string url);

    [LoggerMessage(9001, LogLevel.Information, "The dashboard cannot be on port {Port}: it is taken.")]
    public static partial void PortTaken(ILogger logger, int port);

    [LoggerMessage(9002, LogLevel.Warning, "The dashboard failed to answer {Method} {Path}. No message is concerned.")]
    public static partial void RequestFailed(ILogger logger, Exception failure, string method, string path);

    [LoggerMessage(9003, LogLevel.Warning, "The dashboard cannot read {What}, and shows what it read before.")]
    public static partial void SourceFailed(ILogger logger, Exception failure, string what);

    [LoggerMessage(9004, LogLevel.Information, "The dashboard refused {Method} {Path}: {Why}")]
    public static partial void Refused(ILogger logger, string method, string path, string why);

    [LoggerMessage(9005, LogLevel.Warning, "The dashboard's sampling failed, and goes on.")]
    public static partial void SamplingFailed(ILogger logger, Exception failure);

    [LoggerMessage(9006, LogLevel.Information, "The dashboard did not stop within its time, and is left behind.")]
    public static partial void LeftBehind(ILogger logger, Exception failure);
}
