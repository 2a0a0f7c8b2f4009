using Microsoft.Extensions.Logging;

namespace Mayhem.Targets;

/// <summary>Every log text of the targets.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "The restart of {Host} for request {RequestId} was accepted; its operation is {Operation}, its correlation id {CorrelationId}.")]
    public static partial void RestartAccepted(ILogger logger, string host, string requestId, string operation, string correlationId);
}
