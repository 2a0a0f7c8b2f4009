namespace Mayhem.Journal;

/// <summary>What an acknowledged record survives.</summary>
public enum Durability
{
    /// <summary>
    /// Acknowledged when handed to the operating system: survives the death of the process, also by <c>kill -9</c>. A power cut or a crash of
    /// the machine can lose the last seconds. Compaction and closing still go down to the disk.
    /// </summary>
    OperatingSystem,

    /// <summary>Acknowledged after an fsync: survives power cuts and crashes of the machine as well, if the disk keeps its word. The default.</summary>
    Disk,
}

/// <summary>How a journal works. The defaults suit a queue of thousands of messages.</summary>
public sealed record JournalOptions
{
    /// <summary>What an acknowledged record survives. Default: <see cref="Durability.Disk"/>.</summary>
    public Durability Durability { get; init; } = Durability.Disk;

    /// <summary>From how many bytes in memory on <see cref="IJournal.WaitForRoomAsync"/> waits. At least 1. Default: 64 MiB.</summary>
    public long MaxBacklogBytes { get; init; } = 64L << 20;

    /// <summary>
    /// A compaction is due when the records after the snapshot take this many times the snapshot's bytes, and at least
    /// <see cref="CompactionMinimumBytes"/>. More than 0. Default: 2. Larger values write less and replay longer.
    /// </summary>
    public double CompactionFactor { get; init; } = 2;

    /// <summary>Below this many bytes after the snapshot a compaction is never due. At least 1. Default: 4 MiB.</summary>
    public long CompactionMinimumBytes { get; init; } = 4L << 20;

    /// <summary>
    /// True to open a log that is damaged before its end with the records before the damage; what cannot be read is cut off and kept beside the log. False
    /// (the default) to refuse with a <see cref="JournalDamagedException"/>: an owner that acts on half of its records may lose work, or do it twice.
    /// The torn last write of a crash is no such damage.
    /// </summary>
    public bool AcceptLoss { get; init; }

    /// <summary>What changes the disk. Default: <see cref="JournalDisk.Real"/>.</summary>
    public JournalDisk Disk { get; init; } = JournalDisk.Real;

    internal static void Validate(JournalOptions options)
    {
        if (options.MaxBacklogBytes < 1)
            throw new ArgumentException($"{nameof(MaxBacklogBytes)} is {options.MaxBacklogBytes}; it must be at least 1.", nameof(options));
        if (options.CompactionMinimumBytes < 1)
            throw new ArgumentException($"{nameof(CompactionMinimumBytes)} is {options.CompactionMinimumBytes}; it must be at least 1.", nameof(options));
        if (!double.IsFinite(options.CompactionFactor) || options.CompactionFactor <= 0)
            throw new ArgumentException($"{nameof(CompactionFactor)} is {options.CompactionFactor}; it must be more than 0.", nameof(options));
    }
}
