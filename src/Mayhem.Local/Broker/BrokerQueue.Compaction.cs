namespace Mayhem.Local.Broker;

/// <summary>Replacing a journal that has grown by what the queue holds, which is taken out in parts so that nobody waits for more than one of them.</summary>
public sealed partial class BrokerQueue
{
    /// <summary>As much of the queue as is looked at under one lock: some ten microseconds.</summary>
    private const int CapturedAtOnce = 128;

    private Task compaction = Task.CompletedTask;

    private async Task CompactAsync()
    {
        var cut = journal.BeginCompaction();
        state.BeginCapture();
        try
        {
            await using (cut)
                await cut.CompleteAsync(Records(state.At), CancellationToken.None);
        }
        catch (IOException failure)
        {
            Log.CompactionFailed(logger, Name, failure);
        }
        finally
        {
            lock (gate)
                state.EndCapture();
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Records(DateTimeOffset at)
    {
        var writer = new RecordWriter();
        while (CaptureMore() is { } part)
        {
            foreach (var kept in part)
            {
                EventCodec.Begin(writer, at);
                EventCodec.Write(writer, kept);
                yield return writer.WrittenMemory;
            }
        }
    }

    private IReadOnlyList<QueueEvent>? CaptureMore()
    {
        lock (gate)
            return state.CaptureMore(CapturedAtOnce);
    }
}
