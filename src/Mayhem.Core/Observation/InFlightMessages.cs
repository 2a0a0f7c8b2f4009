using System.Collections.Concurrent;

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

/// <summary>The messages that are being processed right now, for displays.</summary>
public sealed class InFlightMessages
{
    private readonly ConcurrentDictionary<InFlightMessage, byte> messages = new();

    /// <summary>How many there are.</summary>
    public int Count => messages.Count;

    /// <summary>All of them, in no order.</summary>
    public IReadOnlyCollection<InFlightMessage> Snapshot() => [.. messages.Keys];

    /// <summary>Adds a message until the result is disposed of.</summary>
    public InFlightMessage Enter(string messageId, DateTimeOffset since)
    {
        var message = new InFlightMessage(this, messageId, since);
        messages.TryAdd(message, 0);
        return message;
    }

    internal void Leave(InFlightMessage message) => messages.TryRemove(message, out _);
}

/// <summary>One message in flight. Written by its processor, read by displays.</summary>
public sealed class InFlightMessage(InFlightMessages owner, string messageId, DateTimeOffset since) : IDisposable
{
    /// <summary>The message's id.</summary>
    public string MessageId { get; } = messageId;

    /// <summary>When its delivery was taken up.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>The host it is about; null until it is parsed.</summary>
    public string? Host { get; set; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Where it is.</summary>
    public MessageStage Stage { get; set; }

    /// <inheritdoc />
    public void Dispose() => owner.Leave(this);
}
