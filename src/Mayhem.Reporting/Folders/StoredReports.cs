using System.Text.Json;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Folders;

/// <summary>What lies in folders of reports, for those who look at them. Works while others write.</summary>
/// <param name="Reports">The reports, newest first, each once.</param>
/// <param name="Unreadable">The files that cannot be read, each with why.</param>
public sealed record StoredReports(IReadOnlyList<ReportDocument> Reports, IReadOnlyList<(string Path, string Why)> Unreadable)
{
    /// <summary>Reads folders and the folders in them, one below the other. One that does not exist holds nothing.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public static StoredReports Read(params IEnumerable<string> folders)
    {
        var reports = new Dictionary<string, ReportDocument>(StringComparer.Ordinal);
        var unreadable = new List<(string Path, string Why)>();
        foreach (var path in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)))
        {
            try
            {
                var report = ReportJson.Read(File.ReadAllBytes(path));
                reports[report.Id] = report;
            }
            catch (FileNotFoundException)
            {
                // It has made room for a newer one meanwhile.
                continue;
            }
            catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
            {
                unreadable.Add((path, error.Message));
            }
        }

        return new StoredReports([.. reports.Values.OrderByDescending(report => report.Id, StringComparer.Ordinal)], unreadable);
    }
}
