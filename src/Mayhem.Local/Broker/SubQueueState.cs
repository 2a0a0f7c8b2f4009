namespace Mayhem.Local.Broker;

/// <summary>The messages of the queue, or of its dead letters.</summary>
internal sealed class SubQueueState
{
    private readonly long[] counts = new long[Enum.GetValues<MessageState>().Length];

    public SequenceIndex Messages { get; } = new();

    /// <summary>What anybody may receive. Messages of sessions are not here, but with their session.</summary>
    public IndexedHeap<StoredMessage, BySequence> Available { get; } = new();

    public long Count(MessageState place) => counts[(int)place];

    public void Counted(MessageState place, int change) => counts[(int)place] += change;
}
