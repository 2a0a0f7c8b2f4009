using Microsoft.Extensions.Logging;

namespace Mayhem.Journal;

/// <summary>Finds the log that counts, replays it, cuts off what is damaged, and removes what a crash has left over.</summary>
internal sealed class JournalOpening(string folder, JournalOptions options, ILogger logger)
{
    private readonly JournalDisk disk = options.Disk;

    public (SegmentFile Segment, JournalRecovery Recovery) Run(Action<ReadOnlySpan<byte>> replay)
    {
        foreach (var unfinished in SegmentFolder.ListAside(folder))
            disk.Delete(unfinished);
        var numbers = SegmentFolder.List(folder);
        var segment = numbers.Count == 0 ? CreateFirst() : SegmentFile.Open(disk, folder, numbers[0]);
        try
        {
            var recovery = Replay(segment, replay);
            foreach (var replaced in numbers.Skip(1))
                disk.Delete(SegmentFolder.PathOf(folder, replaced));
            return (segment, recovery);
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    private SegmentFile CreateFirst()
    {
        var segment = SegmentFile.CreateAside(disk, folder, 1);
        try
        {
            segment.Flush();
            segment.PutInPlace(folder);
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    private JournalRecovery Replay(SegmentFile segment, Action<ReadOnlySpan<byte>> replay)
    {
        var records = 0L;
        var end = new SegmentReader(segment.Handle).Read(SegmentHeader.Bytes, segment.Length, record =>
        {
            replay(record);
            records++;
        });
        var cut = segment.Length - end;
        if (cut == 0 || segment.TryEndAt(end))
        {
            // What a killed process had written but not flushed is acted upon from here on.
            segment.Flush();
            return new JournalRecovery(segment.Path, records, JournalDamage.None, end, 0, null);
        }
        var torn = end >= segment.SnapshotEnd && TornTail.IsPlausible(segment.Handle, end, segment.Length);
        if (!torn && !options.AcceptLoss)
            throw new JournalDamagedException(segment.Path, end, cut);
        var keptIn = torn ? null : CutOffBytes.Keep(disk, segment, end);
        segment.Truncate(end);
        if (keptIn is null)
            Log.JournalTailCut(logger, segment.Path, cut, end);
        else
            Log.JournalCorrupt(logger, segment.Path, end, cut, keptIn);
        return new JournalRecovery(segment.Path, records, torn ? JournalDamage.TornTail : JournalDamage.Corruption, end, cut, keptIn);
    }
}
