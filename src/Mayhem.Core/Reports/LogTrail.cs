using Microsoft.Extensions.Logging;

namespace Mayhem.Reports;

/// <summary>A line of the log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Level">Its level.</param>
/// <param name="Category">Who wrote it.</param>
/// <param name="Text">What it says, at most 500 characters.</param>
public sealed record LogLine(DateTimeOffset At, LogLevel Level, string Category, string Text);

/// <summary>The last lines that were logged while something was done: what a report shows of the way to a failure. Thread-safe; keeps 20 lines.</summary>
public sealed class LogTrail
{
    private const int Length = 20;

    private static readonly AsyncLocal<LogTrail?> Flow = new();

    private LogLine?[]? lines;
    private int written;

    /// <summary>The trail of what is being done here; null where nobody began one.</summary>
    public static LogTrail? Current => Flow.Value;

    /// <summary>Begins a trail that holds for the calling asynchronous method and everything it calls.</summary>
    public static LogTrail Begin()
    {
        var trail = new LogTrail();
        Flow.Value = trail;
        return trail;
    }

    /// <summary>What was done here has gone well: nothing more will be told of the way, so that no line is formatted for it.</summary>
    public static void End()
    {
        if (Current is { } trail)
            trail.HasEnded = true;
    }

    /// <summary>True if no more lines are wanted.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Adds a line; the oldest makes room for it.</summary>
    public void Add(LogLine line)
    {
        var kept = LazyInitializer.EnsureInitialized(ref lines, static () => new LogLine?[Length]);
        lock (kept)
            kept[written++ % Length] = line;
    }

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines()
    {
        if (Volatile.Read(ref lines) is not { } kept)
            return [];
        lock (kept)
        {
            var first = Math.Max(0, written - Length);
            return [.. Enumerable.Range(first, written - first).Select(index => kept[index % Length]!)];
        }
    }
}
