using Azure.Messaging.ServiceBus;
using Mayhem.Testing;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.Tests.FunctionsHost;

/// <summary>A queue that remembers what was done to its messages, reached through the SDK's types. Locks last 30 seconds and are only recorded, never lost.</summary>
internal sealed class FakeServiceBus(ManualTimeProvider time) : ServiceBusClient
{
    public static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<ServiceBusReceivedMessage> ready = [];
    private readonly HashSet<string> sessionsInUse = [];
    private TaskCompletionSource changed = NewSignal();
    private long sequence;

    public List<string> Locked { get; } = [];

    public List<string> Completed { get; } = [];

    public List<string> Abandoned { get; } = [];

    public List<string> DeadLettered { get; } = [];

    public List<string> Renewed { get; } = [];

    public List<string> SessionsClosed { get; } = [];

    /// <summary>The most messages that a receiver has asked for at once.</summary>
    public int MostAskedFor { get; private set; }

    /// <summary>Thrown, one by one, by the next attempts to receive.</summary>
    public Queue<Exception> ReceiveFailures { get; } = new();

    public override string FullyQualifiedNamespace => "fake";

    public void Send(string id, string? session = null, int deliveryCount = 1, IDictionary<string, object>? properties = null)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString("{}"),
            messageId: id,
            sessionId: session,
            correlationId: "correlation-" + id,
            properties: properties ?? new Dictionary<string, object>(StringComparer.Ordinal),
            lockTokenGuid: Guid.NewGuid(),
            deliveryCount: deliveryCount,
            lockedUntil: time.GetUtcNow() + LockDuration,
            sequenceNumber: Interlocked.Increment(ref sequence),
            enqueuedTime: time.GetUtcNow());
        Change(() => ready.Add(message));
    }

    public T Read<T>(Func<FakeServiceBus, T> read)
    {
        lock (gate)
            return read(this);
    }

    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) => new Receiver(this, queueName);

    public override async Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(string queueName, ServiceBusSessionReceiverOptions? options = default, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (ready.FirstOrDefault(message => message.SessionId is not null && !sessionsInUse.Contains(message.SessionId)) is { } first)
                {
                    sessionsInUse.Add(first.SessionId);
                    return new SessionReceiver(this, first.SessionId);
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(string? session, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (ReceiveFailures.TryDequeue(out var failure))
                    throw failure;
                MostAskedFor = Math.Max(MostAskedFor, max);
                var taken = ready.Where(message => session is null || message.SessionId == session).Take(max).ToList();
                if (taken.Count > 0)
                {
                    taken.ForEach(message => ready.Remove(message));
                    Locked.AddRange(taken.Select(message => message.MessageId));
                    return taken;
                }

                next = changed.Task;
            }

            try
            {
                await next.WaitAsync(wait, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return [];
            }
        }
    }

    private Task SettleAsync(ServiceBusReceivedMessage message, List<string> outcome)
    {
        Change(() =>
        {
            if (!Locked.Remove(message.MessageId))
                throw new ServiceBusException("not locked", ServiceBusFailureReason.MessageLockLost);
            outcome.Add(message.MessageId);
        });
        if (outcome == Abandoned)
            Send(message.MessageId, message.SessionId, message.DeliveryCount + 1);
        return Task.CompletedTask;
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            changed.SetResult();
            changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a function settles with.</summary>
    public sealed class Actions(ServiceBusReceiver receiver) : ServiceBusMessageActions
    {
        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            receiver.CompleteMessageAsync(message, cancellationToken);

        public override Task DeadLetterMessageAsync(
            ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null, string? deadLetterReason = null, string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
            receiver.DeadLetterMessageAsync(message, propertiesToModify, cancellationToken);

        public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            receiver.RenewMessageLockAsync(message, cancellationToken);
    }

    private sealed class Receiver(FakeServiceBus bus, string queue) : ServiceBusReceiver
    {
        public override string EntityPath => queue;

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default) =>
            bus.ReceiveAsync(session: null, maxMessages, maxWaitTime ?? TimeSpan.FromMinutes(1), cancellationToken);

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => bus.SettleAsync(message, bus.Completed);

        public override Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default) =>
            bus.SettleAsync(message, bus.Abandoned);

        public override Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default) =>
            bus.SettleAsync(message, bus.DeadLettered);

        public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            bus.Change(() => bus.Renewed.Add(message.MessageId));
            return Task.CompletedTask;
        }

        public override Task CloseAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    private sealed class SessionReceiver(FakeServiceBus bus, string session) : ServiceBusSessionReceiver
    {
        public override string SessionId => session;

        public override string EntityPath => "sessions";

        public override DateTimeOffset SessionLockedUntil { get; }

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default) =>
            bus.ReceiveAsync(session, maxMessages, maxWaitTime ?? TimeSpan.FromMinutes(1), cancellationToken);

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => bus.SettleAsync(message, bus.Completed);

        public override Task CloseAsync(CancellationToken cancellationToken = default)
        {
            bus.Change(() =>
            {
                bus.sessionsInUse.Remove(session);
                bus.SessionsClosed.Add(session);
            });
            return Task.CompletedTask;
        }
    }
}
