using Mayhem.Ledger;
using Mayhem.Restarts;
using Npgsql;
using NpgsqlTypes;

namespace Mayhem.Postgres.Storage;

/// <summary>A row of <c>entries</c>.</summary>
/// <param name="Entry">What the ledger tells of the request.</param>
/// <param name="Hold">Which call recorded the intent, or took it over last.</param>
/// <param name="HeldAt">When.</param>
internal sealed record StoredEntry(LedgerEntry Entry, Guid Hold, DateTimeOffset HeldAt)
{
    /// <summary>The columns, in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        "request_id, host, host_group, state, attempts, owner, hold, held_at, intent_at, issued_at, ended_at, operation, old_process_id, new_process_id, dry_run, error, requester, reason, message_id, limits, operation_id";

    private const string Upsert =
        $"""
        insert into entries ({Columns})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        on conflict (request_id) do update set
            host_group = excluded.host_group, state = excluded.state, attempts = excluded.attempts, owner = excluded.owner, hold = excluded.hold, held_at = excluded.held_at,
            intent_at = excluded.intent_at, issued_at = excluded.issued_at, ended_at = excluded.ended_at, operation = excluded.operation,
            old_process_id = excluded.old_process_id, new_process_id = excluded.new_process_id, dry_run = excluded.dry_run, error = excluded.error,
            requester = excluded.requester, reason = excluded.reason, message_id = excluded.message_id, limits = excluded.limits, operation_id = excluded.operation_id
        """;

    /// <summary>The command that finds the entry of one request.</summary>
    public static NpgsqlBatchCommand Find(string requestId) => Sql.Command($"select {Columns} from entries where request_id = $1", requestId);

    /// <summary>For how long somebody has held the intent.</summary>
    public TimeSpan HeldFor(DateTimeOffset now) => now > HeldAt ? now - HeldAt : TimeSpan.Zero;

    /// <summary>Reads the row that the reader is at.</summary>
    public static StoredEntry Read(NpgsqlDataReader row) => new(
        new LedgerEntry
        {
            RequestId = row.GetString(0),
            Host = row.GetString(1),
            Group = row.GetString(2),
            State = Enum.Parse<RestartState>(row.GetString(3)),
            Attempts = row.GetInt32(4),
            Owner = row.GetString(5),
            IntentAt = row.GetFieldValue<DateTimeOffset>(8),
            IssuedAt = Optional<DateTimeOffset>(row, 9),
            EndedAt = Optional<DateTimeOffset>(row, 10),
            Issued = row.IsDBNull(11) ? null : new IssuedRestart(row.GetString(11), Optional<int>(row, 12), Optional<int>(row, 13), row.GetBoolean(14)),
            Error = Text(row, 15),
            Requester = Text(row, 16),
            Reason = Text(row, 17),
            MessageId = Text(row, 18),
            Limits = Text(row, 19),
            OperationId = Text(row, 20),
        },
        row.GetGuid(6),
        row.GetFieldValue<DateTimeOffset>(7));

    /// <summary>The command that writes it, in place of what was there of the request.</summary>
    public NpgsqlBatchCommand ToUpsert() => Sql.Command(
        Upsert,
        Entry.RequestId, Entry.Host, Entry.Group, Entry.State.ToString(), Entry.Attempts, Entry.Owner, Hold, HeldAt, Entry.IntentAt,
        Sql.Null(Entry.IssuedAt, NpgsqlDbType.TimestampTz), Sql.Null(Entry.EndedAt, NpgsqlDbType.TimestampTz), Sql.Null(Entry.Issued?.Operation),
        Sql.Null(Entry.Issued?.OldProcessId, NpgsqlDbType.Integer), Sql.Null(Entry.Issued?.NewProcessId, NpgsqlDbType.Integer), Entry.Issued?.DryRun ?? false,
        Sql.Null(Entry.Error), Sql.Null(Entry.Requester), Sql.Null(Entry.Reason), Sql.Null(Entry.MessageId), Sql.Null(Entry.Limits), Sql.Null(Entry.OperationId));

    private static T? Optional<T>(NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
