using Mayhem.Guards;
using Mayhem.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Ledger;

/// <summary>Opening the ledger: in a folder, in memory, or as a copy to look at.</summary>
public sealed partial class EmbeddedLedger
{
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

    private static EmbeddedLedger Open(string folder, EmbeddedLedgerOptions options, TimeProvider time, ILogger logger)
    {
        EmbeddedLedgerOptions.Validate(options);
        return Open(replay => FileJournal.Open(folder, options.Journal, replay, logger), options, time, logger, folder, new HaltFile(folder));
    }
}
