using System.Globalization;

namespace Mayhem.Local.Fleet;

/// <summary>The hosts' own log of starts, as far as the fleet cares: it is kept no longer than the claims of the orders it tells of.</summary>
internal static class StartLog
{
    /// <summary>Removes the lines of starts before this time. Does nothing while a host of an earlier run is writing: the next start of the fleet tries again.</summary>
    public static void Trim(string path, DateTimeOffset limit)
    {
        if (!File.Exists(path) || !TryOpen(path, out var log))
            return;
        using (log)
        using (var reader = new StreamReader(log!))
        {
            var lines = reader.ReadToEnd().Split('\n');
            var kept = lines.SkipWhile(line => TimeOf(line) < limit).ToArray();
            if (kept.Length == lines.Length)
                return;

            // Under the lock of the old file, and complete before it takes its place.
            var trimmed = path + ".new";
            File.WriteAllText(trimmed, string.Join('\n', kept));
            File.Move(trimmed, path, overwrite: true);
        }
    }

    private static bool TryOpen(string path, out FileStream? log)
    {
        try
        {
            log = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            log = null;
            return false;
        }
    }

    private static DateTimeOffset? TimeOf(string line) =>
        DateTimeOffset.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf('\t', StringComparison.Ordinal))), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
