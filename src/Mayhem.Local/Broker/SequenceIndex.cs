namespace Mayhem.Local.Broker;

/// <summary>Messages by sequence number, in blocks: found in O(1), walked in order from any number, at the price of one tree node for each 256 neighbours.</summary>
internal sealed class SequenceIndex
{
    private const int BlockSize = 256;

    private readonly Dictionary<long, Block> blocks = [];
    private readonly SortedSet<long> order = [];

    public int Count { get; private set; }

    public void Add(StoredMessage message)
    {
        var (number, offset) = Math.DivRem(message.SequenceNumber, BlockSize);
        if (!blocks.TryGetValue(number, out var block))
        {
            blocks[number] = block = new Block();
            order.Add(number);
        }
        block.Messages[offset] = message;
        block.Count++;
        Count++;
    }

    public void Remove(StoredMessage message)
    {
        var (number, offset) = Math.DivRem(message.SequenceNumber, BlockSize);
        var block = blocks[number];
        block.Messages[offset] = null;
        Count--;
        if (--block.Count == 0)
        {
            blocks.Remove(number);
            order.Remove(number);
        }
    }

    public StoredMessage? Find(long sequenceNumber) =>
        sequenceNumber >= 0 && blocks.TryGetValue(sequenceNumber / BlockSize, out var block) ? block.Messages[sequenceNumber % BlockSize] : null;

    /// <summary>All messages from a number on, in order.</summary>
    public IEnumerable<StoredMessage> From(long sequenceNumber)
    {
        var from = Math.Max(0, sequenceNumber);
        foreach (var number in order.GetViewBetween(from / BlockSize, long.MaxValue))
        {
            foreach (var message in blocks[number].Messages)
            {
                if (message is not null && message.SequenceNumber >= from)
                    yield return message;
            }
        }
    }

    private sealed class Block
    {
        public readonly StoredMessage?[] Messages = new StoredMessage?[BlockSize];

        public int Count;
    }
}
