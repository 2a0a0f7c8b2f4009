namespace Mayhem.Journal;

/// <summary>Reads a journal beside the process that writes it.</summary>
internal static class JournalReading
{
    public static void Run(string folder, Action<ReadOnlySpan<byte>> replay)
    {
        while (Directory.Exists(folder) && SegmentFolder.List(folder) is [var highest, ..])
        {
            var path = SegmentFolder.PathOf(folder, highest);
            try
            {
                // Once it is open it can be read to its end, also while a compaction deletes it.
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                SegmentReader.ReadHeader(file, path);
                new SegmentReader(file).Read(SegmentHeader.Bytes, RandomAccess.GetLength(file), replay);
                return;
            }
            catch (FileNotFoundException) when (!File.Exists(path))
            {
                // A compaction has just replaced it: look for the next.
                continue;
            }
        }
    }
}
