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

    [LoggerMessage(1201, LogLevel.Warning, "The last write to '{File}' was torn by a crash: {Bytes} bytes at byte {Position}, which nobody was told were saved, were cut off.")]
    public static partial void JournalTailCut(ILogger logger, string file, long bytes, long position);

    [LoggerMessage(1202, LogLevel.Error, "'{File}' is damaged at byte {Position}. The {Bytes} bytes from there on were cut off and kept in '{KeptIn}'; records among them are missing.")]
    public static partial void JournalCorrupt(ILogger logger, string file, long position, long bytes, string keptIn);

    [LoggerMessage(1203, LogLevel.Critical, "The journal in '{Folder}' has failed and takes no more records.")]
    public static partial void JournalFailed(ILogger logger, string folder, Exception failure);

    [LoggerMessage(1204, LogLevel.Information, "The journal in '{Folder}' was compacted from {BytesBefore} to {BytesAfter} bytes.")]
    public static partial void JournalCompacted(ILogger logger, string folder, long bytesBefore, long bytesAfter);

    [LoggerMessage(1205, LogLevel.Warning, "'{File}' is not needed any more and could not be deleted; the next start tries again.")]
    public static partial void JournalLogNotDeleted(ILogger logger, string file, Exception failure);
}
