using Mayhem.Collections;

namespace Mayhem.Observation;

/// <summary>Where a message in flight is.</summary>
public enum MessageStage
{
    /// <summary>Being read and checked.</summary>
    Parsing,

    /// <summary>Its host is being restarted.</summary>
    Restarting,

    /// <summary>Waiting in place for its next attempt.</summary>
    Waiting,

    /// <summary>Being settled.</summary>
    Settling,
}

/// <summary>The messages that are being processed right now, for displays. Thread-safe.</summary>
public sealed class InFlightMessages
{
    private readonly Lock gate = new();
    private readonly Chain<InFlightMessage> messages = new();
    private int count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>How long those took that are done.</summary>
    public HandlingTimes Times { get; } = new();

    /// <summary>All of them, in the order in which they were taken up.</summary>
    public IReadOnlyCollection<InFlightMessage> Snapshot()
    {
        lock (gate)
            return [.. messages.Items];
    }

    /// <summary>Adds a message until the result is disposed of, and then its time to <see cref="Times"/>.</summary>
    public InFlightMessage Enter(string messageId, TimeProvider clock)
    {
        var message = new InFlightMessage(this, messageId, clock);
        lock (gate)
        {
            messages.Add(message);
            count++;
        }

        return message;
    }

    internal void Leave(InFlightMessage message, TimeSpan took)
    {
        lock (gate)
        {
            if (message.HasLeft)
                return;
            message.HasLeft = true;
            messages.Remove(message);
            count--;
        }

        Times.Add(took);
    }
}

/// <summary>One message in flight. Written by its processor, read by displays.</summary>
public sealed class InFlightMessage(InFlightMessages owner, string messageId, TimeProvider clock) : IDisposable, IChained<InFlightMessage>
{
    private readonly long start = clock.GetTimestamp();

    /// <summary>The message's id.</summary>
    public string MessageId { get; } = messageId;

    /// <summary>When its delivery was taken up.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    /// <summary>The host it is about; null until it is parsed.</summary>
    public string? Host { get; set; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Where it is.</summary>
    public MessageStage Stage { get; set; }

    /// <summary>When its next attempt is due, while it waits in place; otherwise a time that has passed, or null.</summary>
    public DateTimeOffset? DueAt { get; set; }

    // These belong to the owner and are changed under its lock only.
    InFlightMessage? IChained<InFlightMessage>.Previous { get; set; }

    InFlightMessage? IChained<InFlightMessage>.Next { get; set; }

    internal bool HasLeft { get; set; }

    /// <inheritdoc />
    public void Dispose() => owner.Leave(this, clock.GetElapsedTime(start));
}
