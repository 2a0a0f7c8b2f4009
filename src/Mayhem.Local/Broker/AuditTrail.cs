using Mayhem.Collections;

namespace Mayhem.Local.Broker;

/// <summary>Remembers every accepted message until nothing is left of its root and the retention has passed since.</summary>
internal sealed class AuditTrail(TimeSpan retention)
{
    private const string NoReason = "";

    private readonly Dictionary<string, Root> roots = new(StringComparer.Ordinal);
    private readonly IndexedHeap<Root, ByEnd> ended = new();
    private readonly Chain<Root> chain = new();
    private QueueCapture? capture;

    public IEnumerable<AuditedRoot> All => roots.Values.Select(root => root.Snapshot());

    public void Accepted(MessageContent content, DateTimeOffset at)
    {
        if (!roots.TryGetValue(content.RootId, out var root))
            Add(root = new Root(content.RootId, content.CorrelationId, at) { CapturedIn = capture?.Serial ?? 0 });
        Capture(root);
        root.Live++;
        Note(root, at);
    }

    public void Completed(StoredMessage message, DateTimeOffset at) => End(message, at, message.IsDeadLetter, static (root, wasDead) =>
    {
        if (wasDead)
            root.Resolved++;
        else
            root.Completed++;
    });

    public void Expired(StoredMessage message, DateTimeOffset at) => End(message, at, 1, static (root, count) => root.Expired += count);

    public void Cancelled(StoredMessage message, DateTimeOffset at) => End(message, at, 1, static (root, count) => root.Cancelled += count);

    /// <summary>Call it before the message becomes a dead letter.</summary>
    public void DeadLettered(StoredMessage message, string? reason, DateTimeOffset at) =>
        End(message, at, reason ?? NoReason, static (root, reason) => (root.DeadLettered ??= []).Add(reason));

    public void Restore(QueueEvent.Audited audited)
    {
        var root = new Root(audited.Root);
        Add(root);
        if (audited.EndedAt is { } endedAt)
            Note(root, endedAt);
    }

    public void Forget(DateTimeOffset now)
    {
        while (ended.TryFirst(out var oldest) && now - oldest.EndedAt >= retention)
        {
            ended.Remove(oldest);
            roots.Remove(oldest.RootId);
            chain.Remove(oldest);
        }
    }

    /// <summary>From now on a root is taken before it changes. One that is forgotten before it is taken would be forgotten by a replay, too.</summary>
    public void BeginCapture(QueueCapture into)
    {
        capture = into;
        chain.StartWalk();
    }

    /// <summary>Takes the next root; false at the end.</summary>
    public bool CaptureNext()
    {
        if (chain.Step() is not { } root)
            return false;
        Capture(root);
        return true;
    }

    public void EndCapture() => capture = null;

    private void Add(Root root)
    {
        roots.Add(root.RootId, root);
        chain.Add(root);
    }

    private void Capture(Root root)
    {
        if (capture is null || root.CapturedIn == capture.Serial)
            return;
        root.CapturedIn = capture.Serial;
        capture.Take(root.ToEvent());
    }

    // The argument is given apart, so that no closure is made.
    private void End<TArgument>(StoredMessage message, DateTimeOffset at, TArgument argument, Action<Root, TArgument> count)
    {
        if (!roots.TryGetValue(message.Content.RootId, out var root))
            return;
        Capture(root);
        if (message.IsDeadLetter)
            root.DeadLettered?.Remove(message.DeadLetterReason ?? NoReason);
        else
            root.Live--;
        count(root, argument);
        Note(root, at);
    }

    private void Note(Root root, DateTimeOffset at)
    {
        if (root.EndedAt is not null)
            ended.Remove(root);
        root.EndedAt = root.Live == 0 && root.DeadLettered is not { Count: > 0 } ? at : null;
        if (root.EndedAt is not null)
            ended.Add(root);
    }

    private sealed class Root(string rootId, string? correlationId, DateTimeOffset acceptedAt) : IChained<Root>
    {
        public int Slot;

        /// <summary>The capture that has taken it last, or that it came after; 0 for none.</summary>
        public int CapturedIn;

        public Root(AuditedRoot root)
            : this(root.RootId, root.CorrelationId, root.AcceptedAt)
        {
            Live = root.Live;
            DeadLettered = root.DeadLettered.Count == 0 ? null : [.. root.DeadLettered];
            Completed = root.Completed;
            Resolved = root.Resolved;
            Expired = root.Expired;
            Cancelled = root.Cancelled;
        }

        public Root? Previous { get; set; }

        public Root? Next { get; set; }

        public string RootId { get; } = rootId;

        public DateTimeOffset? EndedAt { get; set; }

        public int Live { get; set; }

        public List<string>? DeadLettered { get; set; }

        public int Completed { get; set; }

        public int Resolved { get; set; }

        public int Expired { get; set; }

        public int Cancelled { get; set; }

        public QueueEvent.Audited ToEvent() => new(Snapshot(), EndedAt);

        public AuditedRoot Snapshot() => new()
        {
            RootId = RootId,
            CorrelationId = correlationId,
            AcceptedAt = acceptedAt,
            Live = Live,
            DeadLettered = DeadLettered is null ? [] : [.. DeadLettered],
            Completed = Completed,
            Resolved = Resolved,
            Expired = Expired,
            Cancelled = Cancelled,
        };
    }

    private readonly struct ByEnd : IHeapOrder<Root>
    {
        public static bool Precedes(Root left, Root right) => left.EndedAt < right.EndedAt;

        public static ref int Slot(Root item) => ref item.Slot;
    }
}
