using Mayhem.Ledger;
using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>What is on record of messages, and not of requests: failures, copies, unsettled deliveries. Each command repeats without harm.</summary>
internal static class MessageRows
{
    public static NpgsqlBatchCommand Keep(RecordedFailure failure, DateTimeOffset at) => Sql.Command(
        """
        insert into failures (message, rule, type, error, fingerprint, budgets, history, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (message) do update set rule = excluded.rule, type = excluded.type, error = excluded.error, fingerprint = excluded.fingerprint,
            budgets = excluded.budgets, history = excluded.history, at = excluded.at
        """,
        failure.Message, failure.Rule, failure.Type, failure.Error, failure.Fingerprint, failure.Budgets, Sql.Null(failure.History), at);

    public static NpgsqlBatchCommand Find(string message) =>
        Sql.Command("select message, rule, type, error, fingerprint, budgets, history from failures where message = $1", message);

    public static async Task<RecordedFailure?> FindAsync(NpgsqlConnection connection, string message, CancellationToken cancellationToken)
    {
        await using var batch = Transactions.Batch(connection, Find(message));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? Failure(rows) : null;
    }

    public static RecordedFailure Failure(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6));

    public static NpgsqlBatchCommand Keep(PlannedCopy copy, DateTimeOffset at) => Sql.Command(
        """
        insert into copies (message_id, sequence_number, due_at, budgets, history, held, at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (message_id) do update set sequence_number = excluded.sequence_number, due_at = excluded.due_at, budgets = excluded.budgets,
            history = excluded.history, held = excluded.held, at = excluded.at
        """,
        copy.MessageId, copy.SequenceNumber, copy.DueAt, copy.Budgets, Sql.Null(copy.History), copy.Held, at);

    public static NpgsqlBatchCommand FindCopy(string messageId) =>
        Sql.Command("select message_id, sequence_number, due_at, budgets, history, held from copies where message_id = $1", messageId);

    public static PlannedCopy Copy(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetTimeSpan(5));

    public static NpgsqlBatchCommand KeepUnsettled(string messageId, int deliveryCount, DateTimeOffset at) => Sql.Command(
        "insert into unsettled (message_id, delivery_count, at) values ($1, $2, $3) on conflict do nothing", messageId, deliveryCount, at);

    public static NpgsqlBatchCommand KeepTrial(string message, DateTimeOffset at) =>
        Sql.Command("insert into trials (message, at) values ($1, $2) on conflict (message) do update set at = excluded.at", message, at);

    public static NpgsqlBatchCommand DropTrial(string message) => Sql.Command("delete from trials where message = $1", message);

    public static NpgsqlBatchCommand CountTrials(string message) => Sql.Command("select count(*)::integer from trials where message = $1", message);

    public static NpgsqlBatchCommand CountUnsettled(string messageId) => Sql.Command("select count(*)::integer from unsettled where message_id = $1", messageId);
}
