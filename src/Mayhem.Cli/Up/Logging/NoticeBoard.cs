namespace Mayhem.Cli.Up.Logging;

/// <summary>Keeps the last notices. Thread-safe; bounded.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class NoticeBoard(int capacity = 64)
{
    private readonly Lock gate = new();
    private readonly Queue<Notice> kept = new();
    private long total;

    /// <summary>Adds one; the oldest makes room for it.</summary>
    public void Add(Notice notice)
    {
        lock (gate)
        {
            if (kept.Count == capacity)
                kept.Dequeue();
            kept.Enqueue(notice);
            total++;
        }
    }

    /// <summary>The notices kept, the oldest first.</summary>
    public IReadOnlyList<Notice> Latest()
    {
        lock (gate)
            return [.. kept];
    }

    /// <summary>The notices since an earlier call, as far as they are kept, and how many there were.</summary>
    /// <param name="seen">The total that the earlier call returned; 0 at first.</param>
    public (IReadOnlyList<Notice> Notices, long Total) Since(long seen)
    {
        lock (gate)
            return ([.. kept.Skip((int)Math.Max(0, kept.Count - (total - seen)))], total);
    }
}
