using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard;

/// <summary>Every log text of the dashboard.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "The dashboard is on {Url}.")]
    public static partial void Listening(ILogger logger, string url);

    [LoggerMessage(5001, LogLevel.Information, "The dashboard cannot be on port {Port}: it is taken.")]
    public static partial void PortTaken(ILogger logger, int port);

    [LoggerMessage(5002, LogLevel.Warning, "The dashboard failed to answer {Method} {Path}. No message is concerned.")]
    public static partial void RequestFailed(ILogger logger, Exception failure, string method, string path);

    [LoggerMessage(5003, LogLevel.Warning, "The dashboard cannot read {What}, and shows what it read before.")]
    public static partial void SourceFailed(ILogger logger, Exception failure, string what);

    [LoggerMessage(5004, LogLevel.Information, "The dashboard refused {Method} {Path}: {Why}")]
    public static partial void Refused(ILogger logger, string method, string path, string why);

    [LoggerMessage(5005, LogLevel.Warning, "The dashboard's sampling failed, and goes on.")]
    public static partial void SamplingFailed(ILogger logger, Exception failure);

    [LoggerMessage(5006, LogLevel.Information, "The dashboard did not stop within its time, and is left behind.")]
    public static partial void LeftBehind(ILogger logger, Exception failure);
}
