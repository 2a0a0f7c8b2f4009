using Microsoft.Extensions.Logging;

namespace Mayhem.Journal;

/// <summary>
/// A journal in a folder of its own, which one process at a time has open. One log counts: <c>journal-&lt;n&gt;.log</c>, a snapshot followed by the
/// records appended since. Compaction replaces it by the next number.
/// </summary>
public sealed class FileJournal : IJournal
{
    /// <summary>The longest record: 64 MiB.</summary>
    public const int MaxRecordBytes = 64 << 20;

    private readonly JournalOptions options;
    private readonly ILogger logger;
    private readonly JournalLock folderLock;
    private readonly JournalWriter writer;
    private long compactions;
    private long notDueBefore;
    private int compacting;
    private int disposed;

    private FileJournal(string folder, JournalOptions options, ILogger logger, JournalLock folderLock, SegmentFile segment, JournalRecovery recovery)
    {
        Folder = folder;
        this.options = options;
        this.logger = logger;
        this.folderLock = folderLock;
        Recovery = recovery;
        writer = new JournalWriter(folder, segment, options, logger);
    }

    /// <summary>The folder, as a full path.</summary>
    public string Folder { get; }

    /// <summary>What was found when the journal was opened.</summary>
    public JournalRecovery Recovery { get; }

    /// <summary>What was done since.</summary>
    public JournalStatistics Statistics => new(writer.Records, writer.Commits, Interlocked.Read(ref compactions), writer.Segment.Length);

    /// <inheritdoc />
    public bool IsCompactionDue
    {
        get
        {
            var segment = writer.Segment;
            var length = segment.Length;
            return Volatile.Read(ref compacting) == 0
                && length >= Interlocked.Read(ref notDueBefore)
                && length - segment.SnapshotEnd >= Math.Max(options.CompactionMinimumBytes, options.CompactionFactor * segment.SnapshotEnd);
        }
    }

    /// <summary>
    /// Opens the journal in a folder, which is created if missing, and replays its records in order. A torn end is cut off, logged and told in <see cref="Recovery"/>.
    /// </summary>
    /// <param name="folder">A folder for this journal alone.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="replay">Called for each record before this method returns. What it throws ends the opening.</param>
    /// <param name="logger">Hears of damage, compactions and failures.</param>
    /// <exception cref="JournalInUseException">Another process has it open, or this one has it open already.</exception>
    /// <exception cref="JournalFormatException">The log is of another version, or no log at all.</exception>
    /// <exception cref="JournalDamagedException">Records are missing, and <see cref="JournalOptions.AcceptLoss"/> is not set.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static FileJournal Open(string folder, JournalOptions? options, Action<ReadOnlySpan<byte>> replay, ILogger logger)
    {
        options ??= new JournalOptions();
        JournalOptions.Validate(options);
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var held = JournalLock.Take(folder);
        try
        {
            var (segment, recovery) = new JournalOpening(folder, options, logger).Run(replay);
            return new FileJournal(folder, options, logger, held, segment, recovery);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Replays the records of a journal that another process may have open and be writing, without changing anything. Ends before a record that
    /// is not whole: a damaged one, or one that is being written. A folder without a journal has no records.
    /// </summary>
    /// <exception cref="JournalFormatException">The log is of another version, or no log at all.</exception>
    public static void Read(string folder, Action<ReadOnlySpan<byte>> replay) => JournalReading.Run(Path.GetFullPath(folder), replay);

    /// <inheritdoc />
    public Task Append(ReadOnlySpan<byte> record)
    {
        ThrowIfTooLong(record.Length);
        return writer.Append(record);
    }

    /// <inheritdoc />
    public void AppendUnawaited(ReadOnlySpan<byte> record)
    {
        ThrowIfTooLong(record.Length);
        writer.AppendUnawaited(record);
    }

    /// <inheritdoc />
    public ValueTask WriteOutAsync() => writer.WriteOutAsync();

    /// <inheritdoc />
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => writer.WaitForRoomAsync(cancellationToken);

    /// <inheritdoc />
    public IJournalCompaction BeginCompaction()
    {
        if (Interlocked.Exchange(ref compacting, 1) == 1)
            throw new InvalidOperationException($"A compaction of the journal in '{Folder}' is under way. Dispose it before beginning another.");
        return new SegmentCompaction(this, writer, options.Disk, logger);
    }

    /// <summary>Makes durable what was appended, then closes. A compaction that is not complete is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        try
        {
            await writer.CloseAsync();
        }
        finally
        {
            writer.Dispose();
            writer.Segment.Dispose();
            folderLock.Dispose();
        }
    }

    internal static void ThrowIfTooLong(int length)
    {
        if (length > MaxRecordBytes)
            throw new ArgumentException($"A record of {length} bytes is too long for a journal: {MaxRecordBytes} at most.", nameof(length));
    }

    internal void CountCompaction() => Interlocked.Increment(ref compactions);

    /// <summary>After a compaction that failed, the next is due only when the log has grown again.</summary>
    internal void EndCompaction()
    {
        Interlocked.Exchange(ref notDueBefore, writer.Segment.Length + options.CompactionMinimumBytes);
        Volatile.Write(ref compacting, 0);
    }
}
