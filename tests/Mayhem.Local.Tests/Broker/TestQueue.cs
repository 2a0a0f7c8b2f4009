using Mayhem.Local.Broker;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.Broker;

/// <summary>A queue's state machine and a clock moved by hand, with short names for what tests do all the time.</summary>
internal sealed class TestQueue
{
    public const string Name = "restarts";

    public TestQueue(QueueOptions? options = null, TimeSpan? auditRetention = null)
    {
        Options = options ?? new QueueOptions();
        State = new QueueState(Name, Options, auditRetention ?? TimeSpan.FromDays(7), lockSeed: 1);
    }

    public ManualTimeProvider Time { get; } = new();

    public QueueOptions Options { get; }

    public QueueState State { get; }

    public Moment Now => new(Time.GetUtcNow(), TimeSpan.FromTicks(Time.GetTimestamp()));

    public static MessageContent Content(string id, string? session = null, TimeSpan? timeToLive = null, DateTimeOffset? scheduledFor = null) =>
        new() { MessageId = id, SessionId = session, TimeToLive = timeToLive, ScheduledFor = scheduledFor, Body = new byte[] { 1, 2, 3 } };

    public long Send(string id, string? session = null, TimeSpan? timeToLive = null) => State.Send(Content(id, session, timeToLive), Now);

    public long Schedule(string id, TimeSpan delay, string? session = null) => State.Send(Content(id, session, scheduledFor: Now.WallClock + delay), Now);

    public IReadOnlyList<BrokeredMessage> ReceiveAll(SubQueue from = SubQueue.None) => State.Receive(from, int.MaxValue, ReceiveMode.PeekLock, Now);

    public BrokeredMessage Receive(SubQueue from = SubQueue.None) => Assert.Single(State.Receive(from, 1, ReceiveMode.PeekLock, Now));

    public void ReceiveNothing(SubQueue from = SubQueue.None) => Assert.Empty(ReceiveAll(from));

    public void Complete(BrokeredMessage message) => State.Complete(message.LockToken, Now);

    public void Abandon(BrokeredMessage message, params (string Name, object Value)[] properties) =>
        State.Abandon(message.LockToken, properties.ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal), Now);

    public void DeadLetter(BrokeredMessage message, string? reason = "why", string? description = null) =>
        State.DeadLetter(message.LockToken, reason, description, MessageContent.NoProperties, Now);

    public void Defer(BrokeredMessage message) => State.Defer(message.LockToken, MessageContent.NoProperties, Now);

    public IEnumerable<string> Peek(SubQueue from = SubQueue.None) => State.Peek(from, 0, int.MaxValue, sessionId: null, Now).Select(message => message.Content.MessageId);

    public static void Refused(BrokerFailure failure, Action command) => Assert.Equal(failure, Assert.Throws<BrokerException>(command).Failure);
}
