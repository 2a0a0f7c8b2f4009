using Mayhem.Guards;
using Microsoft.Extensions.Logging;

namespace Mayhem;

/// <summary>Every log text of the engine.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Request {RequestId}: host {Host} restarted (attempt {Attempt}, message {MessageId}), asked for by {Requester}.")]
    public static partial void Restarted(ILogger logger, string requestId, string host, int attempt, string messageId, string requester);

    [LoggerMessage(1018, LogLevel.Information, "Request {RequestId}: host {Host} would be restarted (message {MessageId}), asked for by {Requester}. This is a dry run.")]
    public static partial void WouldRestart(ILogger logger, string requestId, string host, string messageId, string requester);

    [LoggerMessage(1001, LogLevel.Information, "Request {RequestId} was carried out before; message {MessageId} is completed without acting.")]
    public static partial void DuplicateSuppressed(ILogger logger, string requestId, string messageId);

    [LoggerMessage(1002, LogLevel.Warning, "Message {MessageId}: {Verdict}. {Cause}")]
    public static partial void Recovering(ILogger logger, string messageId, string verdict, string cause);

    [LoggerMessage(1003, LogLevel.Information, "Message {MessageId}: dead-letter as {Reason}. {Description}")]
    public static partial void DeadLettered(ILogger logger, string messageId, string reason, string description);

    [LoggerMessage(1004, LogLevel.Warning, "The details of request {RequestId} could not be saved. The restart is not affected.")]
    public static partial void SaveFailed(ILogger logger, Exception failure, string requestId);

    [LoggerMessage(1005, LogLevel.Warning, "The ledger could not record the {What} of request {RequestId}. The restart is not affected.")]
    public static partial void LedgerRecordFailed(ILogger logger, Exception failure, string what, string requestId);

    [LoggerMessage(1006, LogLevel.Warning, "Message {MessageId} could not be settled ({Verdict}). Its lock runs out and the broker delivers it again.")]
    public static partial void SettlementFailed(ILogger logger, Exception failure, string messageId, string verdict);

    [LoggerMessage(1007, LogLevel.Warning, "The ledger could not record that delivery {DeliveryCount} of message {MessageId} was not settled; it may be taken for a crash.")]
    public static partial void UnsettledNotRecorded(ILogger logger, Exception failure, string messageId, int deliveryCount);

    [LoggerMessage(1008, LogLevel.Warning, "The ledger could not tell how often message {MessageId} was left unsettled; crashes are not counted this time.")]
    public static partial void UnsettledNotCounted(ILogger logger, Exception failure, string messageId);

    [LoggerMessage(1012, LogLevel.Warning, "The ledger could not record the copy that is to take the place of message {MessageId}; if the process dies now, an attempt more is made.")]
    public static partial void CopyNotRecorded(ILogger logger, Exception failure, string messageId);

    [LoggerMessage(1013, LogLevel.Warning, "The ledger could not tell whether a copy is to take the place of message {MessageId}; it is tried.")]
    public static partial void CopyNotFound(ILogger logger, Exception failure, string messageId);

    [LoggerMessage(1014, LogLevel.Warning, "The ledger could not tell which attempts of message {MessageId} have failed; those that the message does not tell of are not counted.")]
    public static partial void FailureNotFound(ILogger logger, Exception failure, string messageId);

    [LoggerMessage(1009, LogLevel.Error, "Report {ReportId} could not be made; the original failure comes first.")]
    public static partial void ReportFailed(ILogger logger, Exception failures, string reportId);

    [LoggerMessage(1010, LogLevel.Error, "Reports could not be flushed.")]
    public static partial void FlushFailed(ILogger logger, Exception failure);

    [LoggerMessage(1011, LogLevel.Critical, "Message {MessageId} ends this process: {Cause}.")]
    public static partial void StoppingProcess(ILogger logger, string messageId, string cause);

    [LoggerMessage(1016, LogLevel.Debug, "Message {MessageId} waits with no attempt used up: {Verdict}.")]
    public static partial void Postponed(ILogger logger, string messageId, string verdict);

    [LoggerMessage(1017, LogLevel.Information, "Message {MessageId} is held back for {Delay}. {Why}")]
    public static partial void HeldBack(ILogger logger, string messageId, string why, TimeSpan delay);

    [LoggerMessage(1020, LogLevel.Error, "The guard {Guard} could not be asked about request {RequestId}, which counts as no.")]
    public static partial void GuardFailed(ILogger logger, Exception failure, Guard guard, string requestId);

    [LoggerMessage(1021, LogLevel.Warning, "The ledger could not record that the guard {Guard} refused request {RequestId}. It stays refused.")]
    public static partial void RefusalNotRecorded(ILogger logger, Exception failure, Guard guard, string requestId);

    [LoggerMessage(1022, LogLevel.Information, "Request {RequestId}: the guard {Guard} refuses to restart host {Host} of group {Group}, asked for by {Requester}: {Outcome}. {Why} ({Rule})")]
    public static partial void GuardRefused(ILogger logger, Guard guard, string requestId, string host, string group, string requester, string outcome, string why, string rule);

    [LoggerMessage(1030, LogLevel.Warning, "Message {MessageId} is handled alone: the process died {Deaths} times or more while it was handled beside others.")]
    public static partial void HandledAlone(ILogger logger, string messageId, int deaths);

    [LoggerMessage(1031, LogLevel.Warning, "The ledger could not record that handling message {MessageId} alone has {What}; the death of a process may be blamed on the wrong message, or on none.")]
    public static partial void TrialNotRecorded(ILogger logger, Exception failure, string what, string messageId);

    [LoggerMessage(1032, LogLevel.Warning, "The ledger could not tell whether a process died while it handled message {MessageId} alone; that is not counted this time.")]
    public static partial void TrialNotFound(ILogger logger, Exception failure, string messageId);

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

    [LoggerMessage(1206, LogLevel.Debug, "A compaction was given up because its journal is being closed.")]
    public static partial void JournalCompactionGivenUp(ILogger logger);

    [LoggerMessage(1207, LogLevel.Warning, "A compaction failed; the journal goes on with its present log, and tries again when that has grown.")]
    public static partial void JournalCompactionFailed(ILogger logger, Exception failure);

    [LoggerMessage(1210, LogLevel.Information, "The ledger in '{Folder}' is open: {Entries} entries, {Interrupted} of them interrupted by the end of an earlier run.")]
    public static partial void LedgerOpened(ILogger logger, string folder, int entries, int interrupted);

    [LoggerMessage(1300, LogLevel.Warning, "The circuit breaker of group {Group} opens for {Break}: {Failed} of {All} attempts failed within {Window}. Its messages wait with no attempt used up.")]
    public static partial void BreakerOpened(ILogger logger, string group, int failed, int all, TimeSpan window, TimeSpan @break);

    [LoggerMessage(1301, LogLevel.Information, "The circuit breaker of group {Group} is half open: one message tries.")]
    public static partial void BreakerProbes(ILogger logger, string group);

    [LoggerMessage(1302, LogLevel.Warning, "The circuit breaker of group {Group} stays half open: the message that tried has not ended within {Limit}, and another one tries.")]
    public static partial void BreakerProbeLate(ILogger logger, string group, TimeSpan limit);

    [LoggerMessage(1303, LogLevel.Warning, "The circuit breaker of group {Group} opens again, for {Break}: the message that tried has failed.")]
    public static partial void BreakerReopened(ILogger logger, string group, TimeSpan @break);

    [LoggerMessage(1304, LogLevel.Information, "The circuit breaker of group {Group} closes: the message that tried has gone well.")]
    public static partial void BreakerClosed(ILogger logger, string group);

    [LoggerMessage(1305, LogLevel.Warning, "The target of group {Group} asks to be left alone for {Delay}. All messages of the group wait, with no attempt used up.")]
    public static partial void GroupDelayed(ILogger logger, string group, TimeSpan delay);

    [LoggerMessage(1400, LogLevel.Information, "Chance has chosen host {Host} of group {Group}: request {RequestId} is published.")]
    public static partial void RestartScheduled(ILogger logger, string host, string group, string requestId);
}
