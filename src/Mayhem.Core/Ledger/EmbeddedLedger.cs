using Mayhem.Guards;
using Mayhem.Journal;
using Microsoft.Extensions.Logging;

namespace Mayhem.Ledger;

/// <summary>The ledger of one process: in memory, and in a journal in a folder of its own. Thread-safe.</summary>
public sealed partial class EmbeddedLedger : ILedger, IRequestArchive, IAsyncDisposable
{
    private const int RecordsBetweenForgetting = 4096;

    private readonly Lock gate = new();
    private readonly LedgerState state;
    private readonly IJournal journal;
    private readonly IHaltStore halts;
    private readonly BackgroundCompaction compaction;
    private readonly EmbeddedLedgerOptions options;
    private readonly TimeProvider time;
    private readonly string owner;
    private readonly Func<IEnumerable<ReadOnlyMemory<byte>>> capture;
    private readonly Dictionary<string, long> intentsOfThisRun = new(StringComparer.Ordinal);
    private Task lastRecord = Task.CompletedTask;
    private Task? closing;
    private int recordsUntilForgetting = RecordsBetweenForgetting;

    private EmbeddedLedger(LedgerState state, IJournal journal, IHaltStore halts, EmbeddedLedgerOptions options, TimeProvider time, ILogger logger)
    {
        this.state = state;
        this.journal = journal;
        this.halts = halts;
        this.options = options;
        this.time = time;
        compaction = new BackgroundCompaction(journal, logger);
        capture = CaptureForSnapshot;
        owner = options.Owner ?? $"{Environment.MachineName}/{Environment.ProcessId}/{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}";
    }

    /// <summary>What was found when the journal was opened; null in memory.</summary>
    public JournalRecovery? Recovery => (journal as FileJournal)?.Recovery;

    /// <summary>Makes durable what was recorded, then closes. Further calls wait for the first.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate)
            return new ValueTask(closing ??= CloseAsync());
    }

    private async Task CloseAsync()
    {
        await compaction.DisposeAsync();
        await journal.DisposeAsync();
    }
}
