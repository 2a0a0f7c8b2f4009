using System.Diagnostics;
using System.Globalization;

namespace Mayhem.Reporting.Folders;

/// <summary>
/// Files that are written aside, flushed and renamed, so that nobody ever reads half a report. Their names carry the id of the process that
/// writes them: what a dead process has left behind is known by it.
/// </summary>
internal static class AsideFiles
{
    private const string Prefix = ".writing-";

    private static long number;

    /// <summary>Writes a file as a whole, or not at all.</summary>
    /// <exception cref="IOException">It cannot be written. Nothing is left behind.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var aside = Path.Combine(
            Path.GetDirectoryName(path)!, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref number)}"));
        try
        {
            using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Deletes what processes that live no more have left behind. A file that cannot be deleted stays until the next time.</summary>
    public static void Clean(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*"))
        {
            var owner = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out var id) && IsAlive(id))
                continue;
            try
            {
                File.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
