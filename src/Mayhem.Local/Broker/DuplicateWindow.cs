using Mayhem.Collections;

namespace Mayhem.Local.Broker;

/// <summary>The ids of the messages accepted lately, whatever has become of them. A dropped duplicate does not prolong it.</summary>
internal sealed class DuplicateWindow(TimeSpan length)
{
    private readonly Dictionary<string, RememberedId> byId = new(StringComparer.Ordinal);
    private readonly IndexedHeap<RememberedId, ByAcceptance> byAge = new();
    private readonly Chain<RememberedId> chain = new();

    /// <summary>Begins to walk through what is remembered. What is remembered later, and also met, does no harm: it is remembered once more when its event is replayed.</summary>
    public void StartWalk() => chain.StartWalk();

    /// <summary>The next that is remembered; null at the end.</summary>
    public QueueEvent.Remembered? Step() => chain.Step() is { } id ? new QueueEvent.Remembered(id.MessageId, id.SequenceNumber, id.AcceptedAt) : null;

    /// <summary>The number under which the id was accepted; null if it was not accepted within the window.</summary>
    public long? Find(string messageId, DateTimeOffset now) =>
        byId.TryGetValue(messageId, out var remembered) && now - remembered.AcceptedAt < length ? remembered.SequenceNumber : null;

    public void Remember(string messageId, long sequenceNumber, DateTimeOffset acceptedAt)
    {
        if (byId.Remove(messageId, out var earlier))
        {
            byAge.Remove(earlier);
            chain.Remove(earlier);
        }
        var remembered = new RememberedId(messageId, sequenceNumber, acceptedAt);
        byId.Add(messageId, remembered);
        byAge.Add(remembered);
        chain.Add(remembered);
    }

    public void Forget(DateTimeOffset now)
    {
        while (byAge.TryFirst(out var oldest) && now - oldest.AcceptedAt >= length)
        {
            byAge.Remove(oldest);
            byId.Remove(oldest.MessageId);
            chain.Remove(oldest);
        }
    }

    private sealed class RememberedId(string messageId, long sequenceNumber, DateTimeOffset acceptedAt) : IChained<RememberedId>
    {
        public int Slot;

        public RememberedId? Previous { get; set; }

        public RememberedId? Next { get; set; }

        public string MessageId { get; } = messageId;

        public long SequenceNumber { get; } = sequenceNumber;

        public DateTimeOffset AcceptedAt { get; } = acceptedAt;
    }

    private readonly struct ByAcceptance : IHeapOrder<RememberedId>
    {
        public static bool Precedes(RememberedId left, RememberedId right) => left.AcceptedAt < right.AcceptedAt;

        public static ref int Slot(RememberedId item) => ref item.Slot;
    }
}
