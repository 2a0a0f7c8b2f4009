using System.Diagnostics.CodeAnalysis;
using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.FunctionsHost;

/// <summary>What became of a message when its invocation had ended.</summary>
public enum InvocationSettlement
{
    /// <summary>The function had settled it, so the host did nothing.</summary>
    ByFunction,

    /// <summary>The host completed it: the function returned, and messages are completed automatically.</summary>
    Completed,

    /// <summary>The host abandoned it: the function failed before settling.</summary>
    Abandoned,

    /// <summary>Nobody settled it: its lock runs out, or has run out.</summary>
    LeftLocked,
}

/// <summary>Tells of one invocation that has ended.</summary>
public sealed class InvocationEndedEventArgs : EventArgs
{
    /// <summary>The function's name.</summary>
    public required string Function { get; init; }

    /// <summary>The invocation's id.</summary>
    public required string InvocationId { get; init; }

    /// <summary>The id of its message.</summary>
    public required string MessageId { get; init; }

    /// <summary>Which delivery of the message this was, from 1.</summary>
    public required int DeliveryCount { get; init; }

    /// <summary>How long the function ran, settlement by the host included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What the function threw; null if it succeeded.</summary>
    public Exception? Failure { get; init; }

    /// <summary>What became of the message.</summary>
    public required InvocationSettlement Settlement { get; init; }
}

/// <summary>One invocation of a function for a message.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A function that outlives its time may still look at the token.")]
internal class Invocation(TriggerFunction function, ServiceBusReceivedMessage message, InvocationActions actions, InvocationSession? session)
{
    private readonly CancellationTokenSource cancellation = new();
    private string? id;

    public string Id => Volatile.Read(ref id) ?? Interlocked.CompareExchange(ref id, Guid.NewGuid().ToString(), null) ?? id!;

    public TriggerFunction Function { get; } = function;

    public ServiceBusReceivedMessage Message { get; } = message;

    public InvocationActions Actions { get; } = actions;

    /// <summary>The message's session; null if the trigger has no sessions.</summary>
    public InvocationSession? Session { get; } = session;

    /// <summary>The token that the function sees.</summary>
    public CancellationToken Cancelled => cancellation.Token;

    /// <summary>True once the process that ran it is taken for dead: nothing is settled for it any more.</summary>
    public bool CutOff { get; private set; }

    public Task CancelAsync() => cancellation.CancelAsync();

    public void Cut()
    {
        CutOff = true;
        End();
    }

    /// <summary>From now on the function can act on its message and session no more.</summary>
    public void End()
    {
        Actions.End();
        Session?.End();
    }
}
