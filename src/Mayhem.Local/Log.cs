using Mayhem.Local.FunctionsHost;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local;

/// <summary>What this project logs. Event ids from 3000; the Functions host has 3200 to 3299, the fleet 3300 to 3399.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Warning, "Queue {Queue}: its journal could not be compacted. It goes on, and grows.")]
    public static partial void CompactionFailed(ILogger logger, string queue, Exception failure);

    [LoggerMessage(3200, LogLevel.Information, "Function '{Function}' listens on queue '{Queue}'. The setting '{Connection}' is not used: the embedded broker serves it.")]
    public static partial void Listening(ILogger logger, string function, string queue, string? connection);

    [LoggerMessage(3201, LogLevel.Warning, "{Warning}")]
    public static partial void HostJsonWarning(ILogger logger, string warning);

    [LoggerMessage(3202, LogLevel.Warning, "Function '{Function}' is not triggered by Service Bus: the embedded host does not run it.")]
    public static partial void OtherTrigger(ILogger logger, string function);

    [LoggerMessage(3203, LogLevel.Information, "Executing '{Function}' (Id={InvocationId}, MessageId={MessageId}, DeliveryCount={DeliveryCount})")]
    public static partial void Executing(ILogger logger, string function, string invocationId, string messageId, int deliveryCount);

    [LoggerMessage(3204, LogLevel.Information, "Executed '{Function}' (Succeeded, Id={InvocationId}, Duration={Milliseconds:0}ms, Message={Settlement})")]
    public static partial void Succeeded(ILogger logger, string function, string invocationId, double milliseconds, InvocationSettlement settlement);

    [LoggerMessage(3205, LogLevel.Error, "Executed '{Function}' (Failed, Id={InvocationId}, Duration={Milliseconds:0}ms, Message={Settlement})")]
    public static partial void Failed(ILogger logger, Exception failure, string function, string invocationId, double milliseconds, InvocationSettlement settlement);

    [LoggerMessage(3206, LogLevel.Error, "Function '{Function}' ran longer than functionTimeout ({Timeout}). Its invocation {InvocationId} is cancelled and counts as failed; the real host would end the worker.")]
    public static partial void TimedOut(ILogger logger, string function, string invocationId, TimeSpan timeout);

    [LoggerMessage(3207, LogLevel.Warning, "Invocation {InvocationId} of '{Function}' failed after its time was up.")]
    public static partial void FailedAfterTimeout(ILogger logger, Exception late, string function, string invocationId);

    [LoggerMessage(3208, LogLevel.Warning, "The host could not settle message {MessageId} for '{Function}': its lock runs out.")]
    public static partial void NotSettledByHost(ILogger logger, Exception refused, string function, string messageId);

    [LoggerMessage(3209, LogLevel.Warning, "A callback on the cancellation of invocation {InvocationId} of '{Function}' failed.")]
    public static partial void CancellationCallbackFailed(ILogger logger, Exception thrown, string function, string invocationId);

    [LoggerMessage(3210, LogLevel.Error, "An observer of invocation {InvocationId} failed.")]
    public static partial void ObserverFailed(ILogger logger, Exception thrown, string invocationId);

    [LoggerMessage(3211, LogLevel.Warning, "The host lost the lock of {What} while its function was running.")]
    public static partial void LockLost(ILogger logger, Exception lost, string what);

    [LoggerMessage(3212, LogLevel.Warning, "The host could not renew the lock of {What}. It tries again.")]
    public static partial void LockNotRenewed(ILogger logger, Exception failed, string what);

    [LoggerMessage(3213, LogLevel.Warning, "The host could not receive from '{Queue}'. It tries again.")]
    public static partial void NotReceived(ILogger logger, Exception failed, string queue);

    [LoggerMessage(3214, LogLevel.Warning, "Message {MessageId} was received ahead and could not be given back at the stop: its lock runs out.")]
    public static partial void NotGivenBack(ILogger logger, Exception refused, string messageId);

    [LoggerMessage(3215, LogLevel.Warning, "Session {SessionId} could not be let go: its lock runs out.")]
    public static partial void SessionNotClosed(ILogger logger, Exception failed, string sessionId);

    [LoggerMessage(3216, LogLevel.Warning, "Invocation {InvocationId} of '{Function}' outlived its worker and is cut off: the lock of message {MessageId} runs out.")]
    public static partial void CutOff(ILogger logger, string function, string invocationId, string messageId);

    [LoggerMessage(3217, LogLevel.Information, "The embedded host has stopped: {Succeeded} invocations succeeded, {Failed} failed.")]
    public static partial void HostStopped(ILogger logger, long succeeded, long failed);

    [LoggerMessage(3218, LogLevel.Error, "The host failed around the invocation for message {MessageId}: its lock runs out.")]
    public static partial void InvocationBroken(ILogger logger, Exception unexpected, string messageId);

    [LoggerMessage(3219, LogLevel.Information, "Function {Function} is disabled by a setting.")]
    public static partial void FunctionDisabled(ILogger logger, string function);

    [LoggerMessage(3220, LogLevel.Debug, "Executed '{Function}' (Succeeded, started by its timer, Duration={Milliseconds:0}ms)")]
    public static partial void TimerSucceeded(ILogger logger, string function, double milliseconds);

    [LoggerMessage(3221, LogLevel.Error, "Executed '{Function}' (Failed, started by its timer, Duration={Milliseconds:0}ms)")]
    public static partial void TimerFailed(ILogger logger, Exception failure, string function, double milliseconds);

    [LoggerMessage(3300, LogLevel.Debug, "Host {Host} is played by process {ProcessId}, ready after {Milliseconds:0} ms.")]
    public static partial void HostStarted(ILogger logger, string host, int processId, double milliseconds);

    [LoggerMessage(3301, LogLevel.Warning, "Host {Host} died by itself ({Ending}) and is booted again.")]
    public static partial void HostDied(ILogger logger, string host, string ending);

    [LoggerMessage(3302, LogLevel.Error, "Host {Host} could not be booted. It is tried again.")]
    public static partial void HostNotBooted(ILogger logger, Exception failure, string host);

    [LoggerMessage(3303, LogLevel.Warning, "Old claims and starts could not be forgotten. It is tried again in an hour.")]
    public static partial void StartsNotForgotten(ILogger logger, Exception failure);
}
