using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>The journal, snapshots that are taken bit by bit, and restarts from both.</summary>
internal sealed partial class QueueDriver
{
    private readonly List<byte[]> journal = [];
    private List<byte[]>? snapshot;
    private int cut;
    private int lockSeed;

    private QueueState Open() => new(TestQueue.Name, options, Retention, lockSeed += 1_000_000);

    private void Record()
    {
        queue.Advance(Now);
        if (queue.Events.Count == 0)
            return;
        journal.Add(Bytes(queue.Events));
        queue.ClearEvents();
    }

    private byte[] Bytes(IEnumerable<QueueEvent> events)
    {
        var record = new RecordWriter();
        EventCodec.Begin(record, queue.At);
        foreach (var happened in events)
            EventCodec.Write(record, happened);
        return record.Written.ToArray();
    }

    private void Restart(bool compact)
    {
        Record();
        if (compact)
            Compact();
        snapshot = null;
        queue = Open();
        foreach (var record in journal)
            EventCodec.Replay(record, queue);
        queue.EndDeliveriesOfEarlierProcess(Now);
        model.Restart();
    }

    /// <summary>Takes a snapshot bit by bit, between other commands.</summary>
    private void Capture(int how)
    {
        if (snapshot is null && how % 4 == 0)
            BeginCapture();
        else if (snapshot is not null && queue.CaptureMore(how % 3) is { } part)
            snapshot.AddRange(part.Select(kept => Bytes([kept])));
    }

    private void BeginCapture()
    {
        queue.BeginCapture();
        snapshot = [];
        cut = journal.Count;
    }

    /// <summary>What was before the cut is replaced by the snapshot.</summary>
    private void Compact()
    {
        if (snapshot is null)
            BeginCapture();
        while (queue.CaptureMore(2) is { } part)
            snapshot!.AddRange(part.Select(kept => Bytes([kept])));
        journal.RemoveRange(0, cut);
        journal.InsertRange(0, snapshot!);
    }
}
