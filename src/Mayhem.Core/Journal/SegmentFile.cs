using Microsoft.Win32.SafeHandles;

namespace Mayhem.Journal;

/// <summary>One open log. Written by one thread at a time; its length may be read by any.</summary>
internal sealed class SegmentFile : IDisposable
{
    private readonly JournalDisk disk;
    private long length;
    private long snapshotEnd;

    private SegmentFile(JournalDisk disk, string path, long number, SafeFileHandle handle)
    {
        this.disk = disk;
        Path = path;
        Number = number;
        Handle = handle;
    }

    public string Path { get; private set; }

    public long Number { get; }

    public SafeFileHandle Handle { get; }

    /// <summary>Where the next record goes.</summary>
    public long Length => Interlocked.Read(ref length);

    public long SnapshotEnd => Interlocked.Read(ref snapshotEnd);

    public static SegmentFile Open(JournalDisk disk, string folder, long number)
    {
        var path = SegmentFolder.PathOf(folder, number);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var header = SegmentReader.ReadHeader(handle, path);
            return new SegmentFile(disk, path, number, handle) { length = RandomAccess.GetLength(handle), snapshotEnd = header.SnapshotEnd };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Starts a log aside; <see cref="PutInPlace"/> makes it count.</summary>
    public static SegmentFile CreateAside(JournalDisk disk, string folder, long number)
    {
        var path = SegmentFolder.AsidePathOf(folder, number);
        var handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var segment = new SegmentFile(disk, path, number, handle) { length = SegmentHeader.Bytes };
        try
        {
            segment.EndSnapshot();
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Notes in the header that the snapshot ends here.</summary>
    public void EndSnapshot()
    {
        var header = new SegmentHeader(Length);
        disk.Write(Handle, header.ToBytes(), 0);
        Interlocked.Exchange(ref snapshotEnd, header.SnapshotEnd);
    }

    public void Write(RecordBatch batch)
    {
        var bytes = batch.Seal(Length);
        disk.Write(Handle, bytes, Length);
        Interlocked.Add(ref length, bytes.Length);
    }

    public void Flush() => disk.Flush(Handle);

    public void Truncate(long newLength)
    {
        disk.Truncate(Handle, newLength);
        Interlocked.Exchange(ref length, newLength);
        if (SnapshotEnd > newLength)
            EndSnapshot();
        disk.Flush(Handle);
    }

    /// <summary>Gives a complete, flushed log its own name. From here on it counts, even if this throws.</summary>
    public void PutInPlace(string folder)
    {
        var path = SegmentFolder.PathOf(folder, Number);
        disk.Rename(Path, path);
        Path = path;
        disk.FlushFolder(folder);
    }

    public void Dispose() => Handle.Dispose();
}
