using System.Runtime.CompilerServices;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Postgres.Migrations;
using Mayhem.Postgres.Storage;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mayhem.Postgres;

/// <summary>
/// A ledger in PostgreSQL, shared by any number of processes. Each record is a short transaction that has its request to itself; what it decides is decided by the
/// same pure functions as in <see cref="EmbeddedLedger"/>. The database's clock says what time it is: the clocks of instances differ, and leases and cool-downs
/// must not. Thread-safe.
/// </summary>
public sealed class PostgresLedger : ILedger, IRequestArchive, IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly Transactions transactions;
    private readonly Retention retention;
    private readonly PostgresOptions options;
    private readonly Func<DateTimeOffset, DateTimeOffset> clock;
    private readonly string owner;
    private readonly Lock gate = new();
    private Task? closing;

    private PostgresLedger(
        NpgsqlDataSource source, PostgresOptions options, TimeProvider timeProvider, Func<DateTimeOffset, DateTimeOffset> clock, string? owner, ILogger logger)
    {
        this.source = source;
        this.options = options;
        this.clock = clock;
        this.owner = owner ?? $"{Environment.MachineName}/{Environment.ProcessId}/{timeProvider.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}";
        transactions = new Transactions(source, timeProvider, logger);
        retention = new Retention(transactions, options.Retention, timeProvider, clock, logger);
    }

    /// <summary>Opens the ledger, and brings its schema to this program's version first.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="timeProvider">Measures pauses of this process; the time on record is the database's.</param>
    /// <param name="logger">Hears of what was found, and of what had to be tried again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PostgresLedgerException">The server cannot be reached, refuses the user or lacks rights, or the schema is of a newer version.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Task<PostgresLedger> OpenAsync(PostgresOptions options, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken) =>
        OpenAsync(options, timeProvider, new Fixtures(), logger, cancellationToken);

    /// <summary>
    /// Reads all entries in the order of their first intent, while other processes may write; changes nothing, not even the schema. A database without a ledger has none.
    /// </summary>
    /// <exception cref="PostgresLedgerException">As for <see cref="OpenAsync(PostgresOptions, TimeProvider, ILogger, CancellationToken)"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(PostgresOptions options, CancellationToken cancellationToken)
    {
        Validate(options);
        return await ExplainedAsync(options, async () =>
        {
            await using var reading = PostgresConnections.Create(options);
            if (await new Migrator(reading, options.Schema, Migration.All, NullLogger.Instance).FindVersionAsync(cancellationToken) == 0)
                return Array.Empty<LedgerEntry>();
            return (IReadOnlyList<LedgerEntry>)await ListAsync(reading, cancellationToken).ToListAsync(cancellationToken);
        });
    }

    /// <summary>The version of the ledger's schema; 0 if there is none yet. Changes nothing.</summary>
    /// <exception cref="PostgresLedgerException">As for <see cref="OpenAsync(PostgresOptions, TimeProvider, ILogger, CancellationToken)"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static async Task<int> FindVersionAsync(PostgresOptions options, CancellationToken cancellationToken)
    {
        Validate(options);
        return await ExplainedAsync(options, async () =>
        {
            await using var asking = PostgresConnections.Create(options);
            return await new Migrator(asking, options.Schema, Migration.All, NullLogger.Instance).FindVersionAsync(cancellationToken);
        });
    }

    /// <summary>Names this process in the entries.</summary>
    public string Owner => owner;

    /// <inheritdoc />
    public async ValueTask<IntentAnswer> RecordIntentAsync(RestartIntent intent, CancellationToken cancellationToken)
    {
        var hold = Guid.NewGuid();
        IntentAnswer? recorded = null;
        return await transactions.RunAsync("intent", RecordAsync, cancellationToken);

        async Task<IntentAnswer> RecordAsync(NpgsqlConnection connection, CancellationToken token)
        {
            NpgsqlBatchCommand[] turns = intent.Limits is { AreNone: false } limits ? [Turns.WithHaltAsItIs(), Turns.OfGroup(limits.Group)] : [Turns.WithHaltAsItIs()];
            var rows = await EntryRows.LockAsync(connection, intent.Request.RequestId, token, turns);
            // An earlier try was committed after all: without this, the caller would wait for itself.
            if (recorded is not null && rows.Stored?.Hold == hold)
                return recorded;
            var asked = clock(rows.DatabaseNow);
            var answer = IntentDecision.Decide(rows.Stored?.Entry, rows.Stored?.HeldFor(asked), options.IntentLease);
            if (intent.Known is { } known && known.AreBehind(await MessageRows.FindAsync(connection, known.Message, token)))
                answer = IntentDecision.WithFailuresUnknown(answer);
            if (IntentDecision.AttemptToRecord(answer) is not { } attempt)
                return answer;
            var (refusal, now) = await GuardRows.FindRefusalAsync(connection, intent, attempt, clock, asked, token);
            if (refusal is not null)
                answer = IntentDecision.With(refusal, answer);
            if (answer is IntentAnswer.Refused)
                return answer;
            var record = intent.ToRecord(attempt, owner, now, refusal);
            var begun = new StoredEntry(EntryChanges.Begin(rows.Stored?.Entry, record, rows.Details), hold, now);
            List<NpgsqlBatchCommand> commands = [begun.ToUpsert(), EntryRows.DropDetails(record.RequestId)];
            if (UseChanges.Begin(record) is { } use)
                commands.Add(UseRows.Put(use));
            recorded = answer;
            await EntryRows.WriteAsync(connection, token, commands);
            return answer;
        }
    }

    /// <inheritdoc />
    public async ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken) => await ChangeAsync(
        "issued", requestId, now => new LedgerRecord.Issued(requestId, attempt, issued, now), EntryChanges.Issue, UseChanges.Issue, null, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken) => await ChangeAsync(
        "restarted", requestId, now => new LedgerRecord.Restarted(requestId, attempt, now), EntryChanges.Restart, UseChanges.Restart, null, cancellationToken);

    /// <inheritdoc />
    public async ValueTask RecordFailedAsync(
        string requestId, int attempt, string error, AttemptFailure how, RecordedFailure? failure, CancellationToken cancellationToken) => await ChangeAsync(
        "failed", requestId,
        now => new LedgerRecord.Failed(requestId, attempt, error, how == AttemptFailure.Unclear, now, NotIssued: how == AttemptFailure.NotIssued),
        EntryChanges.Fail, UseChanges.Fail, failure, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken) =>
        await transactions.ReadAsync("find failure", () => MessageRows.Find(message), MessageRows.Failure, cancellationToken);

    /// <inheritdoc />
    public async ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken) =>
        await RecordAsync("unsettled", now => MessageRows.KeepUnsettled(messageId, deliveryCount, now), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken) =>
        (await transactions.ReadAsync("count unsettled", () => MessageRows.CountUnsettled(messageId), row => (object)row.GetInt32(0), cancellationToken)) as int? ?? 0;

    /// <inheritdoc />
    public async ValueTask RecordTrialAsync(string message, bool outlived, CancellationToken cancellationToken) =>
        await RecordAsync("trial", now => outlived ? MessageRows.DropTrial(message) : MessageRows.KeepTrial(message, now), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> IsOnTrialAsync(string message, CancellationToken cancellationToken) =>
        (await transactions.ReadAsync("find trial", () => MessageRows.CountTrials(message), row => (object)row.GetInt32(0), cancellationToken)) is > 0;

    /// <inheritdoc />
    public async ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken) =>
        await RecordAsync("copy", now => MessageRows.Keep(copy, now), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken) =>
        await transactions.ReadAsync("find copy", () => MessageRows.FindCopy(messageId), MessageRows.Copy, cancellationToken);

    /// <inheritdoc />
    public async ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await transactions.RunAsync("details", SaveAsync, cancellationToken);

        async Task<bool> SaveAsync(NpgsqlConnection connection, CancellationToken token)
        {
            var rows = await EntryRows.LockAsync(connection, request.RequestId, token);
            var details = new LedgerRecord.Details(request.RequestId, request.Requester, request.Reason, messageId, clock(rows.DatabaseNow));
            if (rows.Stored is { } stored)
                EntryChanges.Describe(stored.Entry, details);
            await EntryRows.WriteAsync(connection, token, rows.Stored?.ToUpsert() ?? EntryRows.KeepDetails(details));
            return true;
        }
    }

    /// <inheritdoc />
    public async ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken) =>
        await transactions.ReadAsync("find", () => StoredEntry.Find(requestId), row => StoredEntry.Read(row).Entry, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken) => ListAsync(source, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<RestartUse>> ListUsesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken) =>
        await transactions.ListAsync("list uses", () => UseRows.FindOfGroup(group, since), UseRows.Read, cancellationToken);

    /// <inheritdoc />
    public async ValueTask RecordRefusalAsync(Refusal refusal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        await RecordAsync("refusal", now => RefusalRows.Count(refusal, now), cancellationToken);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<RefusalRecord> ListRefusalsAsync(CancellationToken cancellationToken) => StreamAsync(source, RefusalRows.List, RefusalRows.Read, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<Halt?> FindHaltAsync(CancellationToken cancellationToken) =>
        HaltRows.HaltBy(await transactions.ReadAsync("find halt", HaltRows.FindLast, HaltRows.Read, cancellationToken));

    /// <inheritdoc />
    public async ValueTask HaltAsync(string reason, string by, CancellationToken cancellationToken) =>
        await SwitchAsync(now => new Switching(Halts: true, reason, by, now), _ => true, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> ResumeAsync(string by, CancellationToken cancellationToken) =>
        await SwitchAsync(now => new Switching(Halts: false, Reason: null, by, now), last => last is { Halts: true }, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Switching>> ListSwitchingsAsync(CancellationToken cancellationToken) =>
        await transactions.ListAsync("list switchings", () => new NpgsqlBatchCommand(HaltRows.List), HaltRows.Read, cancellationToken);

    /// <summary>Closes the connections. What was recorded stays. Further calls wait for the first: a container disposes of each service that the ledger is registered as.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate)
            return new ValueTask(closing ??= CloseAsync());
    }

    private async Task CloseAsync()
    {
        await retention.DisposeAsync();
        await source.DisposeAsync();
    }

    /// <summary>Opens the ledger with other means than those of production.</summary>
    internal static async Task<PostgresLedger> OpenAsync(
        PostgresOptions options, TimeProvider timeProvider, Fixtures fixtures, ILogger logger, CancellationToken cancellationToken)
    {
        Validate(options);
        return await ExplainedAsync(options, async () =>
        {
            var opened = PostgresConnections.Create(options, fixtures.Credential);
            try
            {
                var version = await new Migrator(opened, options.Schema, Migration.All, logger).RunAsync(cancellationToken);
                var connection = options.Connection();
                Log.PostgresLedgerOpened(logger, $"{connection.Host}:{connection.Port}/{connection.Database}", options.Schema, version);
                return new PostgresLedger(opened, options, timeProvider, fixtures.Clock ?? (databaseNow => databaseNow), fixtures.Owner, logger);
            }
            catch
            {
                await opened.DisposeAsync();
                throw;
            }
        });
    }

    /// <summary>Removes what is older than the retention.</summary>
    internal Task<int> ForgetAsync(CancellationToken cancellationToken) => retention.ForgetAsync(cancellationToken);

    private static void Validate(PostgresOptions options)
    {
        if (options.Errors().FirstOrDefault() is { } error)
            throw new ArgumentException(error, nameof(options));
    }

    private static async Task<T> ExplainedAsync<T>(PostgresOptions options, Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (Exception error) when (OpenErrors.Explain(error, options) is { } words)
        {
            throw new PostgresLedgerException(words, error);
        }
    }

    private static IAsyncEnumerable<LedgerEntry> ListAsync(NpgsqlDataSource source, CancellationToken cancellationToken) =>
        StreamAsync(source, $"select {StoredEntry.Columns} from entries order by position", row => StoredEntry.Read(row).Entry, cancellationToken);

    private static async IAsyncEnumerable<T> StreamAsync<T>(
        NpgsqlDataSource source, string question, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(question);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return read(rows);
    }

    private Task<bool> ChangeAsync<T>(
        string what, string requestId, Func<DateTimeOffset, T> recordAt, Func<LedgerEntry, T, bool> changeEntry, Func<RestartUse, T, RestartUse> changeUse,
        RecordedFailure? failure, CancellationToken cancellationToken)
        where T : LedgerRecord
    {
        return transactions.RunAsync(what, ChangeAsync, cancellationToken);

        async Task<bool> ChangeAsync(NpgsqlConnection connection, CancellationToken token)
        {
            var rows = await EntryRows.LockAsync(connection, requestId, token);
            var stored = rows.Stored ?? throw EntryChanges.WithoutIntent(requestId);
            var now = clock(rows.DatabaseNow);
            var record = recordAt(now);
            var isNews = changeEntry(stored.Entry, record);
            List<NpgsqlBatchCommand> commands = [];
            if (isNews)
            {
                commands.Add(stored.ToUpsert());
                // Only attempts within limits have taken anything.
                if (stored.Entry.Limits is not null && await UseRows.FindAsync(connection, requestId, stored.Entry.Attempts, token) is { } use)
                    commands.Add(UseRows.Put(changeUse(use, record)));
            }
            if (failure is not null)
                commands.Add(MessageRows.Keep(failure, now));
            if (commands.Count > 0)
                await EntryRows.WriteAsync(connection, token, commands);
            return isNews;
        }
    }

    private Task<bool> SwitchAsync(Func<DateTimeOffset, Switching> switchingAt, Func<Switching?, bool> when, CancellationToken cancellationToken) => transactions.RunAsync(
        "switch",
        async (connection, token) =>
        {
            await EntryRows.WriteAsync(connection, token, Turns.ToSwitch());
            if (!when(await HaltRows.FindLastAsync(connection, token)))
                return false;
            await EntryRows.WriteAsync(connection, token, HaltRows.Add(switchingAt(clock(await EntryRows.NowAsync(connection, token)))), HaltRows.DropOld());
            return true;
        },
        cancellationToken);

    private Task<bool> RecordAsync(string what, Func<DateTimeOffset, NpgsqlBatchCommand> command, CancellationToken cancellationToken) => transactions.RunAsync(
        what,
        async (connection, token) =>
        {
            await EntryRows.WriteAsync(connection, token, command(clock(await EntryRows.NowAsync(connection, token))));
            return true;
        },
        cancellationToken);
}
