namespace Mayhem.Local.Broker;

/// <summary>Replacing a journal that has grown by what the queue holds.</summary>
public sealed partial class BrokerQueue
{
    private Task compaction = Task.CompletedTask;

    private async Task CompactAsync()
    {
        var cut = journal.BeginCompaction();
        var captured = state.Capture();
        var at = state.At;
        try
        {
            await using (cut)
                await cut.CompleteAsync(Records(captured, at), CancellationToken.None);
        }
        catch (IOException failure)
        {
            Log.CompactionFailed(logger, Name, failure);
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Records(IReadOnlyList<QueueEvent> captured, DateTimeOffset at)
    {
        var writer = new RecordWriter();
        foreach (var kept in captured)
        {
            EventCodec.Begin(writer, at);
            EventCodec.Write(writer, kept);
            yield return writer.WrittenMemory;
        }
    }
}
