namespace Mayhem.Local.Broker;

/// <summary>The messages of one session, and its lock.</summary>
internal sealed class SessionQueue(string id)
{
    public int ReadySlot;
    public int LockSlot;

    public string Id { get; } = id;

    public IndexedHeap<StoredMessage, BySequence> Available { get; } = new();

    /// <summary>What the holder of the session has received and not settled.</summary>
    public HashSet<StoredMessage> Locked { get; } = [];

    /// <summary>All messages of the session outside the dead letters, wherever they are held.</summary>
    public int MessageCount { get; set; }

    /// <summary>What receivers of this session left for those after them.</summary>
    public ReadOnlyMemory<byte>? State { get; set; }

    public bool IsReady { get; set; }

    /// <summary>The number of the first message; orders the sessions that are ready.</summary>
    public long ReadyFrom { get; set; }

    public Guid? LockToken { get; set; }

    public TimeSpan LockDeadline { get; set; }

    public bool IsIdle => MessageCount == 0 && LockToken is null && State is null;
}

/// <summary>The session whose first message is oldest comes first.</summary>
internal readonly struct ByFirstMessage : IHeapOrder<SessionQueue>
{
    public static bool Precedes(SessionQueue left, SessionQueue right) => left.ReadyFrom < right.ReadyFrom;

    public static ref int Slot(SessionQueue item) => ref item.ReadySlot;
}

/// <summary>By the end of the session's lock, on the monotonic clock.</summary>
internal readonly struct BySessionDeadline : IHeapOrder<SessionQueue>
{
    public static bool Precedes(SessionQueue left, SessionQueue right) =>
        left.LockDeadline != right.LockDeadline ? left.LockDeadline < right.LockDeadline : string.CompareOrdinal(left.Id, right.Id) < 0;

    public static ref int Slot(SessionQueue item) => ref item.LockSlot;
}
