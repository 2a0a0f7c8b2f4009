using System.Buffers;

namespace Mayhem.Reporting.Folders;

/// <summary>The names of the files in a report folder: <c>&lt;id&gt;.json</c>, which sort by time as the ids do.</summary>
internal static class ReportFiles
{
    private const string Extension = ".json";

    private static readonly SearchValues<char> SafeInNames = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    /// <summary>The file of a report.</summary>
    /// <exception cref="ArgumentException">The id is no id: it could lead out of the folder.</exception>
    public static string PathOf(string folder, string id)
    {
        if (id.Length is 0 or > 64 || id.AsSpan().ContainsAnyExcept(SafeInNames))
            throw new ArgumentException($"'{id}' is no id of a report.", nameof(id));
        return Path.Combine(folder, id + Extension);
    }

    /// <summary>The reports in a folder, oldest first, each with its length in bytes. Empty if there is no such folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static SortedDictionary<string, long> List(string folder)
    {
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var directory = new DirectoryInfo(folder);
        if (!directory.Exists)
            return found;
        foreach (var file in directory.EnumerateFiles("*" + Extension))
        {
            if (LengthOf(file) is { } length)
                found[System.IO.Path.GetFileNameWithoutExtension(file.Name)] = length;
        }

        return found;
    }

    // Another process may have deleted it in between.
    private static long? LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
