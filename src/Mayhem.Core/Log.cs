using Microsoft.Extensions.Logging;

namespace Mayhem;

/// <summary>Every log text of the engine.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Debug, "The lock of message {MessageId} was renewed ({Renewals} times so far).")]
    public static partial void LockRenewed(ILogger logger, string messageId, int renewals);

    [LoggerMessage(1101, LogLevel.Warning, "The lock of message {MessageId} could not be renewed. It is tried again; the lock ends in {Left}.")]
    public static partial void LockRenewalFailed(ILogger logger, string messageId, TimeSpan left, Exception? failure);

    [LoggerMessage(1102, LogLevel.Error, "The lock of message {MessageId} is lost after {Renewals} renewals. Its handler is cancelled and the message is left to the broker.")]
    public static partial void LockLost(ILogger logger, string messageId, int renewals);

    [LoggerMessage(1103, LogLevel.Error, "Message {MessageId} has been handled for {Ceiling}, the longest time allowed. Its handler is cancelled and its lock not renewed any more.")]
    public static partial void LockCeilingReached(ILogger logger, string messageId, TimeSpan ceiling);
}
