using System.Collections.Concurrent;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Dispatch;

/// <summary>
/// The reports that an outlet has in memory. While it is flushed they are put into the spool as well, ahead of being sent: the process may end before they are,
/// also hard. Thread-safe.
/// </summary>
internal sealed class HeldReports
{
    private readonly ConcurrentDictionary<string, ReportDocument> held = new(StringComparer.Ordinal);
    private readonly HashSet<string> inSpool = new(StringComparer.Ordinal);
    private readonly Lock moving = new();

    /// <summary>A report has come. Waits for nobody.</summary>
    public void Add(ReportDocument report) => held[report.Id] = report;

    /// <summary>A report has made room for another one. Waits for nobody.</summary>
    public void Drop(ReportDocument report) => held.TryRemove(report.Id, out _);

    /// <summary>True if a report is in memory.</summary>
    public bool Holds(string id) => held.ContainsKey(id);

    /// <summary>A report has been dealt with.</summary>
    /// <returns>True if it was put into the spool ahead of that.</returns>
    public bool Release(ReportDocument report)
    {
        lock (moving)
        {
            held.TryRemove(report.Id, out _);
            return inSpool.Remove(report.Id);
        }
    }

    /// <summary>Puts what is in memory into the spool.</summary>
    public void KeepAhead(Spool spool)
    {
        foreach (var (id, report) in held)
        {
            lock (moving)
            {
                if (held.ContainsKey(id) && !inSpool.Contains(id) && spool.TryKeep(report))
                    inSpool.Add(id);
            }
        }
    }
}
