using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>A message of the naive model. It stays in the model's list when it is gone, because the audit asks for it.</summary>
internal sealed class ModelMessage
{
    public required MessageContent Content { get; init; }

    public required long Number { get; set; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset EnqueuedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public MessageState Place { get; set; }

    public int Deliveries { get; set; }

    public bool Deferred { get; set; }

    public bool Dead { get; set; }

    public string? Reason { get; set; }

    public int Changed { get; set; } = -1;

    public int Lock { get; set; }

    public TimeSpan LockedUntil { get; set; }

    /// <summary>How it left the queue; null while it is there.</summary>
    public string? Gone { get; set; }

    /// <summary>When it left the active ones for good, or came to the dead letters, in the order of such events.</summary>
    public (int Order, DateTimeOffset At) LastEnd { get; set; }

    public bool Forgotten { get; set; }

    public bool Is(MessageState place, bool dead) => Gone is null && Place == place && Dead == dead;
}
