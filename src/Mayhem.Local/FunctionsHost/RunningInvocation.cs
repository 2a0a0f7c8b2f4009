using Azure.Messaging.ServiceBus;
using Mayhem.Collections;

namespace Mayhem.Local.FunctionsHost;

/// <summary>How one invocation has ended.</summary>
internal readonly record struct InvocationEnd(Invocation Invocation, TimeSpan Took, Exception? Failure, InvocationSettlement Settlement);

/// <summary>One invocation that is running. It is queued to the thread pool as it is.</summary>
internal sealed class RunningInvocation(
    InvocationRunner runner, ServiceBusReceivedMessage message, ServiceBusReceiver receiver, InvocationActions actions, InvocationSession? session, Action<bool> over)
    : Invocation(runner.Function, message, actions, session), IThreadPoolWorkItem, IChained<RunningInvocation>
{
    private int ended;

    public ServiceBusReceiver Receiver { get; } = receiver;

    /// <summary>The host's own renewal of the lock; null if the host renews none.</summary>
    public AutoLockRenewal? Renewal { get; set; }

    /// <summary>When it was begun, on the monotonic clock.</summary>
    public long Began { get; set; }

    /// <inheritdoc />
    public RunningInvocation? Previous { get; set; }

    /// <inheritdoc />
    public RunningInvocation? Next { get; set; }

    /// <summary>Runs the function. For the thread pool.</summary>
    public void Execute() => _ = runner.RunAsync(this);

    /// <summary>Its time is up.</summary>
    public void TimeOut() => _ = runner.TimeOutAsync(this);

    /// <summary>True for the first who asks: the function has returned, or its time was up before.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref ended, 1) == 0;

    /// <summary>Tells who started it that it is over, and whether the function asked to release the session.</summary>
    public void Over() => over(Session is { Releases: true });
}
