namespace Mayhem.Journal;

/// <summary>Copies what is about to be cut off a log into a file beside it, <c>journal-….log.corrupt-&lt;n&gt;</c>: nothing that may have been a record is destroyed.</summary>
internal static class CutOffBytes
{
    public static string Keep(JournalDisk disk, SegmentFile segment, long from)
    {
        var path = FreePath(segment.Path);
        using (var copy = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            var chunk = new byte[1 << 20];
            for (var position = from; RandomAccess.Read(segment.Handle, chunk, position) is > 0 and var read; position += read)
                disk.Write(copy, chunk.AsSpan(0, read), position - from);
            disk.Flush(copy);
        }
        disk.FlushFolder(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string FreePath(string logPath)
    {
        var number = 1;
        while (File.Exists($"{logPath}.corrupt-{number}"))
            number++;
        return $"{logPath}.corrupt-{number}";
    }
}
