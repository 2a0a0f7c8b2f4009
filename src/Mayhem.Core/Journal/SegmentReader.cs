using Microsoft.Win32.SafeHandles;

namespace Mayhem.Journal;

/// <summary>Reads the records of a log in order, up to the first that is not whole.</summary>
internal sealed class SegmentReader(SafeFileHandle file)
{
    private byte[] buffer = new byte[128 << 10];
    private long bufferStart;
    private int buffered;

    public static SegmentHeader ReadHeader(SafeFileHandle file, string path)
    {
        var bytes = new byte[SegmentHeader.Bytes];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var more)
            read += more;
        return SegmentHeader.Parse(bytes.AsSpan(0, read), path);
    }

    /// <summary>Hands every intact record from one position to another to the callback.</summary>
    /// <returns>Where the intact records end.</returns>
    public long Read(long from, long to, Action<ReadOnlySpan<byte>> record)
    {
        var position = from;
        while (true)
        {
            var frame = Peek(position, (int)Math.Min(RecordFrame.HeaderBytes, to - position));
            if (frame.Length < RecordFrame.HeaderBytes)
                return position;
            var length = RecordFrame.ReadLength(frame);
            if (length < 0 || length > FileJournal.MaxRecordBytes || length > to - position - RecordFrame.HeaderBytes)
                return position;
            frame = Peek(position, RecordFrame.HeaderBytes + length);
            if (!RecordFrame.IsIntact(frame, position))
                return position;
            record(frame[RecordFrame.HeaderBytes..]);
            position += frame.Length;
        }
    }

    /// <summary>This many bytes from this position, or as many as the file has.</summary>
    private ReadOnlySpan<byte> Peek(long position, int count)
    {
        var offset = position - bufferStart;
        if (offset < 0 || offset + count > buffered)
        {
            Refill(position, count);
            offset = 0;
        }
        return buffer.AsSpan((int)offset, Math.Min(count, buffered - (int)offset));
    }

    private void Refill(long position, int count)
    {
        if (count > buffer.Length)
            buffer = new byte[Math.Max(count, Math.Min(buffer.Length * 2, FileJournal.MaxRecordBytes))];
        bufferStart = position;
        buffered = 0;
        while (buffered < count && RandomAccess.Read(file, buffer.AsSpan(buffered), position + buffered) is > 0 and var more)
            buffered += more;
    }
}
