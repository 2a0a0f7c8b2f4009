namespace Mayhem.Local.Broker;

/// <summary>
/// What a queue held at one moment, taken out in parts while the queue goes on: what is about to change is taken before it does. The parts in any
/// order, and after them everything that has happened since that moment, rebuild the queue.
/// </summary>
/// <param name="serial">Tells this capture from others: what it has taken, or need not take, is marked with it.</param>
/// <param name="before">Messages from this number on came later.</param>
internal sealed class QueueCapture(int serial, long before)
{
    private List<QueueEvent> taken = [];

    public int Serial => serial;

    public long Before => before;

    /// <summary>The number of the message that is to be looked at next, in the queue and among its dead letters.</summary>
    public long NextActive { get; set; }

    /// <inheritdoc cref="NextActive" />
    public long NextDeadLetter { get; set; }

    public void Take(QueueEvent kept) => taken.Add(kept);

    /// <summary>Takes a message as it is, unless it was taken before or came later.</summary>
    public void Take(StoredMessage message)
    {
        if (message.CapturedIn == serial || message.SequenceNumber >= before)
            return;
        message.CapturedIn = serial;
        taken.Add(new QueueEvent.Kept(message.Snapshot(message.Place!.Value), message.IsDeferred));
    }

    /// <summary>What was taken since the last call.</summary>
    public IReadOnlyList<QueueEvent> TakeOut()
    {
        var part = taken;
        taken = [];
        return part;
    }
}
