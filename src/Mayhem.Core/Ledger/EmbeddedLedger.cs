using System.Runtime.CompilerServices;
using Mayhem.Guards;
using Mayhem.Journal;
using Mayhem.Messages;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Ledger;

/// <summary>The ledger of one process: in memory, and in a journal in a folder of its own. Thread-safe.</summary>
public sealed class EmbeddedLedger : ILedger, IRequestArchive, IAsyncDisposable
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

    /// <summary>Opens the ledger in a folder, which is created if missing. Intents of earlier runs become <see cref="RestartState.Interrupted"/>.</summary>
    /// <exception cref="JournalInUseException">Another process has it open.</exception>
    /// <exception cref="JournalFormatException">The log is of another version, or no log at all.</exception>
    /// <exception cref="InvalidDataException">The journal in this folder is not one of a ledger.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Task<EmbeddedLedger> OpenAsync(string folder, EmbeddedLedgerOptions? options, TimeProvider time, ILogger logger) =>
        Task.Run(() => Open(folder, options ?? new EmbeddedLedgerOptions(), time, logger));

    /// <summary>A ledger that is gone with the process: for dry runs, tests and benchmarks. It forgets what ended before the retention now and then, as a compaction does.</summary>
    public static EmbeddedLedger InMemory(TimeProvider time, EmbeddedLedgerOptions? options = null)
    {
        options ??= new EmbeddedLedgerOptions();
        EmbeddedLedgerOptions.Validate(options);
        return Open(_ => NullJournal.Instance, options, time, NullLogger.Instance, "memory", new HaltInMemory());
    }

    /// <summary>A ledger in a journal of any kind.</summary>
    /// <param name="open">Opens the journal and replays its records.</param>
    /// <param name="options">How the ledger works.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="logger">Hears of what was found.</param>
    /// <param name="place">What messages call the journal's place.</param>
    /// <param name="halts">Where the kill switch is; in memory if null.</param>
    internal static EmbeddedLedger Open(
        Func<Action<ReadOnlySpan<byte>>, IJournal> open, EmbeddedLedgerOptions options, TimeProvider time, ILogger logger, string place, IHaltStore? halts = null)
    {
        var restored = new LedgerState();
        var opened = open(record => restored.Apply(LedgerRecord.Parse(record, place)));
        Log.LedgerOpened(logger, place, restored.Entries.Count, restored.InterruptIntents());
        return new EmbeddedLedger(restored, opened, halts ?? new HaltInMemory(), options, time, logger);
    }

    /// <summary>
    /// Reads the entries of the ledger in a folder, in the order of their first intent, while another process may have it open; changes nothing.
    /// A folder without a ledger has no entries.
    /// </summary>
    /// <exception cref="JournalFormatException">The log is of another version, or no log at all.</exception>
    /// <exception cref="InvalidDataException">The journal in this folder is not one of a ledger.</exception>
    public static Task<IReadOnlyList<LedgerEntry>> ReadAsync(string folder, CancellationToken cancellationToken) => Task.Run<IReadOnlyList<LedgerEntry>>(
        () =>
        {
            var found = new LedgerState();
            FileJournal.Read(folder, record => found.Apply(LedgerRecord.Parse(record, folder)));
            return [.. found.Entries];
        },
        cancellationToken);

    /// <summary>
    /// A copy of the ledger in a folder as it is now, in memory, while another process may have that open: to look at. Nothing that is recorded in it lasts, but its kill switch is that
    /// of the folder. A folder without a ledger has no entries.
    /// </summary>
    /// <exception cref="JournalFormatException">The log is of another version, or no log at all.</exception>
    /// <exception cref="InvalidDataException">The journal in this folder is not one of a ledger.</exception>
    public static Task<EmbeddedLedger> OpenCopyAsync(string folder, TimeProvider time) => Task.Run(() => Open(
        replay =>
        {
            FileJournal.Read(folder, record => replay(record));
            return NullJournal.Instance;
        },
        new EmbeddedLedgerOptions(), time, NullLogger.Instance, folder, new HaltFile(folder)));

    /// <inheritdoc />
    public async ValueTask<IntentAnswer> RecordIntentAsync(RestartIntent intent, CancellationToken cancellationToken)
    {
        await journal.WaitForRoomAsync(cancellationToken);
        var halted = Halted();
        var requestId = intent.Request.RequestId;
        IntentAnswer answer;
        long? hold = null;
        Task durable;
        lock (gate)
        {
            TimeSpan? held = intentsOfThisRun.TryGetValue(requestId, out var since) ? time.GetElapsedTime(since) : null;
            answer = IntentDecision.Decide(state.Find(requestId), held, options.IntentLease);
            if (intent.Known is { } known && known.AreBehind(state.FindFailure(known.Message)))
                answer = IntentDecision.WithFailuresUnknown(answer);
            if (IntentDecision.AttemptToRecord(answer) is { } attempt)
            {
                var now = time.GetUtcNow();
                var refusal = halted ?? Exceeded(intent, attempt, now);
                if (refusal is not null)
                    answer = IntentDecision.With(refusal, answer);
                if (answer is not IntentAnswer.Refused)
                {
                    Record(intent.ToRecord(attempt, owner, now, refusal));
                    hold = intentsOfThisRun[requestId] = time.GetTimestamp();
                }
            }
            // Also an answer that records nothing rests on records that must not be undone by a crash.
            durable = lastRecord;
        }
        try
        {
            await durable.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (hold is not null)
        {
            // Whoever asked will not act: the next need not wait for the end of the lease.
            lock (gate)
            {
                if (intentsOfThisRun.GetValueOrDefault(requestId) == hold)
                    intentsOfThisRun.Remove(requestId);
            }
            throw;
        }
        return answer;
    }

    /// <inheritdoc />
    public async ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken) =>
        await EndIntentAsync(requestId, new LedgerRecord.Issued(requestId, attempt, issued, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken) =>
        EndIntentAsync(requestId, new LedgerRecord.Restarted(requestId, attempt, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public async ValueTask RecordFailedAsync(
        string requestId, int attempt, string error, AttemptFailure how, RecordedFailure? failure, CancellationToken cancellationToken)
    {
        var failed = new LedgerRecord.Failed(requestId, attempt, error, Ambiguous: how == AttemptFailure.Unclear, time.GetUtcNow(), failure, NotIssued: how == AttemptFailure.NotIssued);
        var changesEntry = await EndIntentAsync(requestId, failed, cancellationToken);
        if (!changesEntry && failure is not null)
            await RecordAsync(new LedgerRecord.MessageFailed(failure, time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.FindFailure(message));
    }

    /// <inheritdoc />
    public ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Unsettled(messageId, deliveryCount, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken) => RecordAsync(
        new LedgerRecord.Details(request.RequestId, request.Requester, request.Reason, messageId, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.CountUnsettled(messageId));
    }

    /// <inheritdoc />
    public ValueTask RecordTrialAsync(string message, bool outlived, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Trial(message, outlived, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> IsOnTrialAsync(string message, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.IsOnTrial(message));
    }

    /// <inheritdoc />
    public ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Copy(copy, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.FindCopy(messageId));
    }

    /// <inheritdoc />
    public ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(state.Find(requestId) is { } entry ? LedgerState.AsItIs(entry) : null);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) =>
        ListAsync<LedgerEntry>(state => [.. state.Entries.Select(LedgerState.AsItIs)], cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<RestartUse>> ListUsesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult<IReadOnlyList<RestartUse>>([.. state.UsesOf(group).All.Where(use => !GroupUses.IsOver(use, since))]);
    }

    /// <inheritdoc />
    public ValueTask RecordRefusalAsync(Refusal refusal, CancellationToken cancellationToken) =>
        RecordAsync(new LedgerRecord.Refused(refusal, time.GetUtcNow()), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<RefusalRecord> ListRefusalsAsync(CancellationToken cancellationToken) => ListAsync(state => state.Refusals, cancellationToken);

    /// <inheritdoc />
    public ValueTask<Halt?> FindHaltAsync(CancellationToken cancellationToken) => ValueTask.FromResult(halts.Read().Halt);

    /// <inheritdoc />
    public ValueTask HaltAsync(string reason, string by, CancellationToken cancellationToken)
    {
        halts.Add(new Switching(Halts: true, reason, by, time.GetUtcNow()), _ => true);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<bool> ResumeAsync(string by, CancellationToken cancellationToken) =>
        ValueTask.FromResult(halts.Add(new Switching(Halts: false, Reason: null, by, time.GetUtcNow()), before => before.Halt is not null));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Switching>> ListSwitchingsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(halts.Read().Switchings);

    /// <summary>Returns while the disk takes records.</summary>
    /// <exception cref="JournalFailedException">The disk has refused something. No record is taken any more.</exception>
    public async Task EnsureWritableAsync(CancellationToken cancellationToken) => await journal.WaitForRoomAsync(cancellationToken);

    /// <summary>Makes durable what was recorded, then closes. Further calls wait for the first.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate)
            return new ValueTask(closing ??= CloseAsync());
    }

    private async IAsyncEnumerable<T> ListAsync<T>(Func<LedgerState, IReadOnlyCollection<T>> of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        T[] snapshot;
        lock (gate)
            snapshot = [.. of(state)];
        foreach (var one in snapshot)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return one;
        }
    }

    // A switch that cannot be read may have been thrown.
    private GuardRefusal? Halted()
    {
        try
        {
            return halts.Read().Halt?.Refusal;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return GuardRefusal.FailedCheck(Guard.KillSwitch, failure);
        }
    }

    private GuardRefusal? Exceeded(RestartIntent intent, int attempt, DateTimeOffset now)
    {
        if (intent.Limits is not { AreNone: false } limits)
            return null;
        state.ForgetUses(limits.Group, now - limits.Horizon);
        return LimitChecks.FirstRefusal(state.UsesOf(limits.Group), limits, new Candidate(intent.Request.RequestId, attempt, intent.Request.Host, now));
    }

    private async Task CloseAsync()
    {
        await compaction.DisposeAsync();
        await journal.DisposeAsync();
    }

    private static EmbeddedLedger Open(string folder, EmbeddedLedgerOptions options, TimeProvider time, ILogger logger)
    {
        EmbeddedLedgerOptions.Validate(options);
        return Open(replay => FileJournal.Open(folder, options.Journal, replay, logger), options, time, logger, folder, new HaltFile(folder));
    }

    private async ValueTask<bool> EndIntentAsync(string requestId, LedgerRecord record, CancellationToken cancellationToken)
    {
        bool isNews;
        Task durable;
        lock (gate)
        {
            isNews = Record(record);
            if (isNews)
                intentsOfThisRun.Remove(requestId);
            durable = lastRecord;
        }
        await durable.WaitAsync(cancellationToken);
        return isNews;
    }

    private async ValueTask RecordAsync(LedgerRecord record, CancellationToken cancellationToken)
    {
        await journal.WaitForRoomAsync(cancellationToken);
        Task durable;
        lock (gate)
        {
            Record(record);
            durable = lastRecord;
        }
        await durable.WaitAsync(cancellationToken);
    }

    private bool Record(LedgerRecord record)
    {
        if (journal is NullJournal)
            return RecordInMemory(record);
        var bytes = record.ToBytes();
        if (!state.Apply(record))
            return false;
        lastRecord = journal.Append(bytes);
        compaction.StartIfDue(capture);
        return true;
    }

    private bool RecordInMemory(LedgerRecord record)
    {
        if (!state.Apply(record))
            return false;
        if (--recordsUntilForgetting > 0)
            return true;
        state.Forget(time.GetUtcNow() - options.Retention);
        recordsUntilForgetting = Math.Max(RecordsBetweenForgetting, 2 * state.Entries.Count);
        return true;
    }

    private IEnumerable<ReadOnlyMemory<byte>> CaptureForSnapshot()
    {
        state.Forget(time.GetUtcNow() - options.Retention);
        return state.Capture().Select(record => (ReadOnlyMemory<byte>)record.ToBytes());
    }
}
