using System.Text.Json;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Folders;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting.Dispatch;

/// <summary>
/// The reports that a sink could not send. They survive the process and are given out one at a time, oldest first; one that failed goes to the back, so
/// that it does not hold up the others. Of several processes that share the folder, one gives out. For one thread, but for keeping.
/// </summary>
internal sealed class Spool(ReportFolder folder, ILogger logger) : IDisposable
{
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);
    private FolderLock? right;

    /// <summary>How many reports it holds.</summary>
    public int Count => folder.Count;

    /// <summary>How many it has dropped to keep its bounds.</summary>
    public long Dropped => folder.Dropped;

    /// <summary>Keeps a report. False if that is impossible.</summary>
    public bool TryKeep(ReportDocument report)
    {
        try
        {
            folder.Add(report);
            return true;
        }
        catch (Exception error)
        {
            Log.SpoolFailed(logger, folder.Path, error);
            return false;
        }
    }

    /// <summary>The report to send next; null if there is none, or somebody else sends them.</summary>
    /// <param name="isHeld">True for reports that have yet to be sent from memory.</param>
    public ReportDocument? Next(Func<string, bool> isHeld)
    {
        right ??= FolderLock.TryTake(folder.Path);
        if (right is null)
            return null;
        try
        {
            return folder.Ids()
                .Where(id => !unreadable.Contains(id) && !isHeld(id))
                .OrderBy(id => failures.GetValueOrDefault(id))
                .Select(TryRead)
                .FirstOrDefault(report => report is not null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.SpoolFailed(logger, folder.Path, error);
            return null;
        }
    }

    /// <summary>Remembers that a report could not be sent again.</summary>
    public void Failed(string id) => failures[id] = failures.GetValueOrDefault(id) + 1;

    /// <summary>
    /// Forgets a report that has arrived, or never will. If its file cannot be deleted, it is not given out again by this process; the next one will,
    /// and so will a next one if this one dies between the two: a report may come twice then, and never more often than processes die.
    /// </summary>
    public void Done(string id)
    {
        failures.Remove(id);
        try
        {
            folder.Remove(id);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            unreadable.Add(id);
            Log.SpoolFailed(logger, folder.Path, error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => right?.Dispose();

    private ReportDocument? TryRead(string id)
    {
        try
        {
            return folder.Read(id);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            unreadable.Add(id);
            Log.SpooledReportUnreadable(logger, folder.Path, id, error);
            return null;
        }
    }
}
