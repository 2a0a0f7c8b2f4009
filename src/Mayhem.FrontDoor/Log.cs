using Microsoft.Extensions.Logging;

namespace Mayhem.FrontDoor;

/// <summary>What this project logs. Event ids from 8000.</summary>
internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Information, "The front door listens on {Url}.")]
    public static partial void DoorListening(ILogger logger, string url);

    [LoggerMessage(8001, LogLevel.Warning, "{Method} {Path} was refused: {Why}")]
    public static partial void DoorRefused(ILogger logger, string method, string path, string why);

    [LoggerMessage(8002, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void DoorRequestFailed(ILogger logger, Exception failure, string method, string path);

    [LoggerMessage(8003, LogLevel.Warning, "The front door did not close in time; it is left behind.")]
    public static partial void DoorLeftBehind(ILogger logger, Exception failure);
}
