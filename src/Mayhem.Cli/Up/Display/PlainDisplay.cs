using Mayhem.Cli.Up.Logging;
using Mayhem.Observation;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Up.Display;

/// <summary>
/// Lines for a file or a pipe: every few seconds what went wrong since, at most a handful of lines of it, and one line of progress.
/// </summary>
/// <param name="title">The first line.</param>
/// <param name="writer">Where the lines go.</param>
/// <param name="notices">What went wrong.</param>
/// <param name="clock">The clock to wait by.</param>
/// <param name="logPath">Where the user finds what is not shown.</param>
internal sealed class PlainDisplay(string title, TextWriter writer, NoticeBoard notices, TimeProvider clock, string logPath) : IRunDisplay
{
    private const int NoticesAtOnce = 4;
    private const int MaxNotice = 240;
    private const int MaxGroups = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private long seen;
    private bool toldOfDashboard;

    /// <inheritdoc />
    public async Task RunAsync(Func<Frame> sample, CancellationToken until)
    {
        writer.WriteLine(title);
        using var ticks = new PeriodicTimer(Interval, clock);
        while (await TickAsync(ticks, until))
            Show(sample());
        Show(sample());
    }

    /// <summary>Writes the lines of one frame.</summary>
    internal void Show(Frame frame)
    {
        if (frame.Dashboard is { } dashboard && !toldOfDashboard)
        {
            writer.WriteLine(dashboard);
            toldOfDashboard = true;
        }

        var (fresh, total) = notices.Since(seen);
        foreach (var notice in fresh.Take(NoticesAtOnce))
            writer.WriteLine($"  {Word(notice.Level)} {Cut(notice.Text)}");
        if (total - seen - Math.Min(fresh.Count, NoticesAtOnce) is > 0 and var more)
            writer.WriteLine($"  {more} more, see {logPath}");
        seen = total;
        writer.WriteLine(Progress(frame));
    }

    private static async ValueTask<bool> TickAsync(PeriodicTimer ticks, CancellationToken until)
    {
        try
        {
            return await ticks.WaitForNextTickAsync(until);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string Cut(string text) => text.Length <= MaxNotice ? text : string.Concat(text.AsSpan(0, MaxNotice - 1), "…");

    private static string Word(LogLevel level) => level == LogLevel.Warning ? "warning:" : "error:";

    private static string Progress(Frame frame)
    {
        var published = frame.Planned is { } planned ? $"{frame.Published}/{planned}" : $"{frame.Published}";
        return $"[{frame.Elapsed:hh\\:mm\\:ss}] published {published}, restarted {frame.Counts[ProcessingEvent.Restarted]} ({frame.RestartRate:0.0}/s), "
            + $"in flight {frame.InFlight.Count}, waiting {frame.Queue.Active}, scheduled {frame.Queue.Scheduled}, "
            + $"retried {frame.Counts[ProcessingEvent.RetriedNow]} now + {frame.Counts[ProcessingEvent.RetriedLater]} later, "
            + $"locks renewed {frame.Counts[ProcessingEvent.LockRenewed]}, dead-lettered {frame.Counts[ProcessingEvent.DeadLettered]}"
            + string.Concat(frame.Groups.Take(MaxGroups).Select(group => $", {group.Group}: {GroupText.Of(group, frame.At)}"))
            + (frame.Groups.Count > MaxGroups ? $", {frame.Groups.Count - MaxGroups} more groups held back" : "")
            + (frame.Stopping ? ", stopping" : "");
    }
}
