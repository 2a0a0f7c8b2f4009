using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Messaging.ServiceBus;
using Mayhem.Local.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Scenarios;

/// <summary>What a worker asks of the broker.</summary>
public enum WireOperation
{
    Complete,
    Abandon,
    DeadLetter,
    Renew,
    Schedule,

    /// <summary>Of a session; the message id is that of the session.</summary>
    Release,
}

/// <summary>One call of a worker to the broker. A message that is scheduled has delivery count 0.</summary>
public sealed partial record WireCall(WireOperation Operation, string MessageId, int DeliveryCount, CancellationToken Token)
{
    // A copy's id without the number of the message that it is a copy of, as in r1:r2.
    [GeneratedRegex(@":\d+(?=:r\d+$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SequenceNumber();

    /// <inheritdoc />
    public override string ToString() => $"{Operation} {SequenceNumber().Replace(MessageId, "")}#{DeliveryCount}";
}

/// <summary>The way from the workers to the broker. Remembers every call; each reaches the broker unless the scenario has another step for it.</summary>
public sealed class ScriptedWire
{
    private readonly ConcurrentDictionary<WireOperation, ConcurrentQueue<Func<Func<Task>, Task>>> script = new();

    /// <summary>The calls, in the order in which they began.</summary>
    public ConcurrentQueue<WireCall> Calls { get; } = new();

    /// <summary>The calls but for renewals and releases, as in <c>Complete r1#1</c>.</summary>
    public IEnumerable<string> Settlements => Calls.Where(call => call.Operation is not WireOperation.Renew and not WireOperation.Release).Select(call => call.ToString());

    /// <summary>How often this was asked.</summary>
    public int Count(WireOperation operation) => Calls.Count(call => call.Operation == operation);

    /// <summary>Says what becomes of the next calls: one step each, which is given what the call would do.</summary>
    public ScriptedWire On(WireOperation operation, params Func<Func<Task>, Task>[] steps)
    {
        var queue = script.GetOrAdd(operation, _ => new ConcurrentQueue<Func<Func<Task>, Task>>());
        foreach (var step in steps)
            queue.Enqueue(step);
        return this;
    }

    /// <summary>Makes the next calls fail before they reach the broker, as they do in the isolated worker.</summary>
    public ScriptedWire Fail(WireOperation operation, int times = 1) => On(operation, [.. Enumerable.Repeat<Func<Func<Task>, Task>>(
        _ => Task.FromException(new EmbeddedRpcException(new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy))), times)]);

    /// <summary>Makes the next call never end.</summary>
    public ScriptedWire Hang(WireOperation operation) => On(operation, _ => new TaskCompletionSource().Task);

    internal Task CallAsync(WireCall call, Func<Task> reach)
    {
        Calls.Enqueue(call);
        return script.TryGetValue(call.Operation, out var steps) && steps.TryDequeue(out var step) ? step(reach) : reach();
    }
}

/// <summary>The end of the wire that one worker holds.</summary>
internal sealed class WireEnd(ScriptedWire wire)
{
    private volatile bool cut;

    /// <summary>From now on no call reaches anything: the worker is dead, whatever it believes.</summary>
    public void Cut() => cut = true;

    public ServiceBusMessageActions Actions(ServiceBusReceiver receiver) => new WiredActions(this, new EmbeddedMessageActions(receiver));

    public ServiceBusSessionMessageActions SessionActions(ServiceBusSessionReceiver session) => new WiredSession(this, new EmbeddedSessionActions(session), session.SessionId);

    public ServiceBusSender Sender(ServiceBusSender sender) => new WiredSender(this, sender);

    private Task CallAsync(WireOperation operation, ServiceBusReceivedMessage message, Func<Task> reach, CancellationToken token) =>
        CallAsync(new WireCall(operation, message.MessageId, message.DeliveryCount, token), reach);

    private Task CallAsync(WireCall call, Func<Task> reach) =>
        cut ? Task.FromException(new InvalidOperationException($"The worker is dead: {call}.")) : wire.CallAsync(call, reach);

    private sealed class WiredActions(WireEnd end, ServiceBusMessageActions inner) : ServiceBusMessageActions
    {
        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            end.CallAsync(WireOperation.Complete, message, () => inner.CompleteMessageAsync(message, cancellationToken), cancellationToken);

        public override Task AbandonMessageAsync(
            ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
            end.CallAsync(WireOperation.Abandon, message, () => inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken), cancellationToken);

        public override Task DeadLetterMessageAsync(
            ServiceBusReceivedMessage message,
            Dictionary<string, object>? propertiesToModify = null,
            string? deadLetterReason = null,
            string? deadLetterErrorDescription = null,
            CancellationToken cancellationToken = default) => end.CallAsync(
                WireOperation.DeadLetter,
                message,
                () => inner.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken),
                cancellationToken);

        public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            end.CallAsync(WireOperation.Renew, message, () => inner.RenewMessageLockAsync(message, cancellationToken), cancellationToken);
    }

    private sealed class WiredSession(WireEnd end, ServiceBusSessionMessageActions inner, string sessionId) : ServiceBusSessionMessageActions
    {
        public override DateTimeOffset SessionLockedUntil => inner.SessionLockedUntil;

        public override Task ReleaseSession(CancellationToken cancellationToken = default) =>
            end.CallAsync(new WireCall(WireOperation.Release, sessionId, 0, cancellationToken), () => inner.ReleaseSession(cancellationToken));

        public override Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
            end.CallAsync(new WireCall(WireOperation.Renew, sessionId, 0, cancellationToken), () => inner.RenewSessionLockAsync(cancellationToken));
    }

    private sealed class WiredSender(WireEnd end, ServiceBusSender inner) : ServiceBusSender
    {
        public override async Task<long> ScheduleMessageAsync(
            ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
        {
            var number = 0L;
            await end.CallAsync(
                new WireCall(WireOperation.Schedule, message.MessageId, 0, cancellationToken),
                async () => number = await inner.ScheduleMessageAsync(message, scheduledEnqueueTime, cancellationToken));
            return number;
        }
    }
}
