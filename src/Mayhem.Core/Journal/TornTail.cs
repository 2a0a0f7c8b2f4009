using Microsoft.Win32.SafeHandles;

namespace Mayhem.Journal;

/// <summary>Tells the unfinished last write of a crash from damage further up, which has whole records after it.</summary>
internal static class TornTail
{
    /// <summary>No single write is longer than a full batch and one more record of usual size; a longer rest is not the work of a crash.</summary>
    private const long LongestBytes = 4L * RecordBatch.FullBytes;

    /// <summary>Bounds the search in bytes that happen to look like lengths of records.</summary>
    private const long MostBytesChecked = 256L << 20;

    /// <summary>True if no whole record lies between the damage and the end of the file; false also if that cannot be told with bounded effort.</summary>
    public static bool IsPlausible(SafeFileHandle file, long from, long to)
    {
        if (to - from > LongestBytes)
            return false;
        var rest = new byte[to - from];
        for (var read = 0; read < rest.Length && RandomAccess.Read(file, rest.AsSpan(read), from + read) is > 0 and var more;)
            read += more;
        var bytesChecked = 0L;
        for (var offset = 1; offset <= rest.Length - RecordFrame.HeaderBytes; offset++)
        {
            var candidate = rest.AsSpan(offset);
            var length = RecordFrame.ReadLength(candidate);
            if (length < 0 || length > candidate.Length - RecordFrame.HeaderBytes)
                continue;
            bytesChecked += length;
            if (bytesChecked > MostBytesChecked || RecordFrame.IsIntact(candidate, from + offset))
                return false;
        }
        return true;
    }
}
