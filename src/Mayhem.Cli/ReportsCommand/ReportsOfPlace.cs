using Mayhem.Cli.Up;
using Mayhem.Reporting.Folders;

namespace Mayhem.Cli.ReportsCommand;

/// <summary>Reads the reports that a command is about.</summary>
internal static class ReportsOfPlace
{
    /// <summary>All reports there are.</summary>
    /// <exception cref="UsageException">There is no such folder, or it cannot be read.</exception>
    public static StoredReports Read(ReportsPlace place)
    {
        if (place.Folder is { } folder && !Directory.Exists(folder))
            throw new UsageException($"--folder {folder}: there is no such folder");
        if (place.Folder is null && !Directory.Exists(place.DataFolder))
            throw new UsageException($"--data {place.DataFolder}: there is no such folder; 'mayhem up' makes it, and tells where");
        var run = new RunFolder(place.DataFolder);
        try
        {
            return place.Folder is null ? StoredReports.Read(run.Reports, run.Spool) : StoredReports.Read(place.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The reports cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Tells of files that could not be read, on standard error.</summary>
    public static void TellUnreadable(StoredReports stored)
    {
        foreach (var (path, why) in stored.Unreadable)
            Console.Error.WriteLine($"mayhem: {path} cannot be read: {why.ReplaceLineEndings(" ")}");
    }
}
