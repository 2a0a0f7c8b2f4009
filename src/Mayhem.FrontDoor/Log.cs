using Microsoft.Extensions.Logging;

namespace Mayhem.FrontDoor;

/// <summary>What this project logs. Event ids from 6000.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "The front door listens on {Url}.")]
    public static partial void Listening(ILogger logger, string url);

    [LoggerMessage(6001, LogLevel.Warning, "{Method} {Path} was refused: {Why}")]
    public static partial void Refused(ILogger logger, string method, string path, string why);

    [LoggerMessage(6002, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, Exception failure, string method, string path);

    [LoggerMessage(6003, LogLevel.Warning, "The front door did not close in time; it is left behind.")]
    public static partial void LeftBehind(ILogger logger, Exception failure);
}
