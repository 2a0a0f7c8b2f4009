using Mayhem.Failures;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions;

/// <summary>Every log text of the function app.</summary>
internal static partial class Log
{
    [LoggerMessage(2010, LogLevel.Error, "An exception escaped invocation {InvocationId}, and reporting it failed too. The original comes first in the exception, the reporter's second.")]
    public static partial void ReportingFailed(ILogger logger, Exception both, string invocationId);

    [LoggerMessage(2011, LogLevel.Critical, "Reporting failed ({Hook}). The original comes first in the exception, the reporter's own second.")]
    public static partial void HookFailed(ILogger logger, Exception both, string hook);

    [LoggerMessage(2020, LogLevel.Information, "Shutting down: {InFlight} messages are in flight; they have {Grace} to end.")]
    public static partial void DrainBegun(ILogger logger, int inFlight, TimeSpan grace);

    [LoggerMessage(2021, LogLevel.Information, "Drained in {Took}: {Finished} messages ended within the grace, {Cancelled} were cancelled.")]
    public static partial void Drained(ILogger logger, TimeSpan took, int finished, int cancelled);

    [LoggerMessage(2022, LogLevel.Warning, "After {Took} there are {Left} messages left that did not end when cancelled ({Finished} ended within the grace, {Cancelled} were cancelled). The broker delivers them again when their locks end.")]
    public static partial void DrainIncomplete(ILogger logger, TimeSpan took, int left, int finished, int cancelled);

    [LoggerMessage(2023, LogLevel.Warning, "The last telemetry could not be sent within {Limit}.")]
    public static partial void NotFlushed(ILogger logger, TimeSpan limit, Exception failure);

    [LoggerMessage(2030, LogLevel.Critical, "This worker ends with exit code {ExitCode}: {Reason}")]
    public static partial void Terminating(ILogger logger, int exitCode, string reason);

    [LoggerMessage(2031, LogLevel.Critical, "The worker has not ended after {Limit}; it is ended now.")]
    public static partial void TerminatingHard(ILogger logger, TimeSpan limit);

    [LoggerMessage(2040, LogLevel.Information, "Rule: {Rule} (from {Origin}).")]
    public static partial void RuleInForce(ILogger logger, FailureRule rule, string origin);

    [LoggerMessage(2041, LogLevel.Error, "The condition of the rule '{Rule}' throws, and so does not hold. Told once for each rule.")]
    public static partial void RuleConditionFailed(ILogger logger, string rule, Exception failure);

    [LoggerMessage(2050, LogLevel.Warning, "Session {SessionId} could not be released. Its next message may be handled before the one that was given back.")]
    public static partial void SessionNotReleased(ILogger logger, Exception failure, string sessionId);

    [LoggerMessage(2051, LogLevel.Warning, "Function {Function} is enabled, but {Setting} is {Sessions}. The host cannot listen to one queue with both functions: set {Disabled} to true.")]
    public static partial void OtherFunctionEnabled(ILogger logger, string function, string setting, bool sessions, string disabled);

    [LoggerMessage(2060, LogLevel.Information,
        "In the last {Seconds} s: {Received} messages received, {Restarted} hosts restarted, {Duplicates} duplicates; {RetriedNow} attempts repeated in place, {RetriedLater} put off, {Postponed} postponed; {LocksRenewed} locks renewed, {LocksLost} lost; {DeadLettered} messages dead-lettered, {Abandoned} abandoned, {NotSettled} not settled. {InFlight} are in flight.")]
    public static partial void Heartbeat(
        ILogger logger, double seconds, int inFlight, long received, long restarted, long duplicates, long retriedNow, long retriedLater, long postponed, long locksRenewed, long locksLost,
        long deadLettered, long abandoned, long notSettled);

    [LoggerMessage(2061, LogLevel.Information, "The oldest message of queue {Queue} has been there for {OldestSeconds} s.")]
    public static partial void QueueObserved(ILogger logger, string queue, double oldestSeconds);

    [LoggerMessage(2062, LogLevel.Warning, "How old the oldest message of queue {Queue} is cannot be found out.")]
    public static partial void QueueNotObserved(ILogger logger, string queue, Exception failure);

    [LoggerMessage(2063, LogLevel.Information, "{Sink}: {Spooled} reports wait in the spool; since the start {Dropped} were dropped and {FailedTries} tries failed.")]
    public static partial void SpoolObserved(ILogger logger, string sink, int spooled, long dropped, long failedTries);

    [LoggerMessage(2064, LogLevel.Warning, "All restarts are halted by {By} since {Since}: {Reason}")]
    public static partial void RestartsHalted(ILogger logger, string by, DateTimeOffset since, string reason);

    [LoggerMessage(2065, LogLevel.Warning, "Whether restarts are halted cannot be found out; if it cannot, none is begun.")]
    public static partial void HaltNotFound(ILogger logger, Exception failure);
}
