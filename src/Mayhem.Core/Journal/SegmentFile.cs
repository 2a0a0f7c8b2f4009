using Microsoft.Win32.SafeHandles;

namespace Mayhem.Journal;

/// <summary>One open log. Written by one thread at a time; its length may be read by any.</summary>
internal sealed class SegmentFile : IDisposable
{
    /// <summary>From this length on a log is prepared: a small one is not worth it.</summary>
    private const int PreparedFrom = 4 << 10;

    /// <summary>So many zeros are written ahead at most; fewer while the log is small.</summary>
    private const int PreparedBytes = 1 << 20;

    private static readonly byte[] Zeros = new byte[64 << 10];

    private readonly JournalDisk disk;
    private long length;
    private long snapshotEnd;
    private long preparedTo;
    private bool isPrepared;
    private bool isInPlace;

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
            return new SegmentFile(disk, path, number, handle) { length = RandomAccess.GetLength(handle), snapshotEnd = header.SnapshotEnd, isPrepared = header.IsPrepared, isInPlace = true };
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
        Interlocked.Exchange(ref snapshotEnd, Length);
        WriteHeader();
    }

    /// <summary>Leaves out zeros behind the records, which a crash has left over where they were written ahead.</summary>
    /// <returns>True if nothing else lies there.</returns>
    public bool TryEndAt(long end)
    {
        if (!isPrepared || !IsZero(end, Length))
            return false;
        preparedTo = Length;
        Interlocked.Exchange(ref length, end);
        return true;
    }

    public void Write(RecordBatch batch)
    {
        var bytes = batch.Seal(Length);
        Prepare(Length + bytes.Length);
        disk.Write(Handle, bytes, Length);
        Interlocked.Add(ref length, bytes.Length);
    }

    public void Flush() => disk.Flush(Handle);

    public void Truncate(long newLength)
    {
        disk.Truncate(Handle, newLength);
        Interlocked.Exchange(ref length, newLength);
        preparedTo = 0;
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
        isInPlace = true;
        disk.FlushFolder(folder);
    }

    /// <summary>Cuts off what was written ahead, and makes durable what was written.</summary>
    public void Close()
    {
        if (isPrepared)
        {
            disk.Truncate(Handle, Length);
            isPrepared = false;
            WriteHeader();
        }
        Flush();
    }

    public void Dispose() => Handle.Dispose();

    private void WriteHeader() => disk.Write(Handle, new SegmentHeader(SnapshotEnd, isPrepared).ToBytes(), 0);

    /// <summary>
    /// Writes zeros behind the place where records up to here will lie. What overwrites them is flushed several times faster than what makes the
    /// file longer, because the file system has nothing to note down about the file.
    /// </summary>
    private void Prepare(long end)
    {
        if (!isInPlace || end < PreparedFrom || end <= preparedTo)
            return;
        if (!isPrepared)
        {
            isPrepared = true;
            WriteHeader();
        }
        var ahead = Math.Clamp(end, Zeros.Length, PreparedBytes);
        for (preparedTo = end; preparedTo < end + ahead; preparedTo += Zeros.Length)
            disk.Write(Handle, Zeros, preparedTo);
    }

    private bool IsZero(long from, long to)
    {
        var chunk = new byte[Zeros.Length];
        for (var position = from; position < to;)
        {
            var read = RandomAccess.Read(Handle, chunk.AsSpan(0, (int)Math.Min(chunk.Length, to - position)), position);
            if (read == 0 || chunk.AsSpan(0, read).ContainsAnyExcept((byte)0))
                return false;
            position += read;
        }
        return true;
    }
}
