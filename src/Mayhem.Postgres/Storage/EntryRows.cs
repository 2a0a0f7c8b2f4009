using Mayhem.Ledger;
using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>Reads and writes what is on record of one request, in a transaction that has the request to itself.</summary>
internal static class EntryRows
{
    private const string FindEntry = $"select {StoredEntry.Columns} from entries where request_id = $1 for update";
    private const string FindDetails = "select requester, reason, message_id, at from details where request_id = $1";
    private const string Now = "select clock_timestamp()";

    /// <summary>Waits until no other transaction is about the request, nor has what else is given, then reads.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="turns">What else to wait for, before.</param>
    public static async Task<RequestRows> LockAsync(NpgsqlConnection connection, string requestId, CancellationToken cancellationToken, params IReadOnlyList<NpgsqlBatchCommand> turns)
    {
        await using var batch = Transactions.Batch(
            connection, [.. turns, Turns.OfRequest(requestId), Sql.Command(FindEntry, requestId), Sql.Command(FindDetails, requestId), AskTime()]);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        for (var turn = 0; turn <= turns.Count; turn++)
            await rows.NextResultAsync(cancellationToken);
        var entry = await rows.ReadAsync(cancellationToken) ? StoredEntry.Read(rows) : null;
        await rows.NextResultAsync(cancellationToken);
        var details = await rows.ReadAsync(cancellationToken)
            ? new LedgerRecord.Details(requestId, rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3))
            : null;
        await rows.NextResultAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new RequestRows(entry, details, rows.GetFieldValue<DateTimeOffset>(0));
    }

    /// <summary>The question for the time on the database's clock.</summary>
    public static NpgsqlBatchCommand AskTime() => Sql.Command(Now);

    /// <summary>The time on the database's clock.</summary>
    public static async Task<DateTimeOffset> NowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = Transactions.Batch(connection, AskTime());
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return rows.GetFieldValue<DateTimeOffset>(0);
    }

    /// <summary>Executes commands in one round trip.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken, params IEnumerable<NpgsqlBatchCommand> commands)
    {
        await using var batch = Transactions.Batch(connection, commands);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The command that keeps details until their request has an entry.</summary>
    public static NpgsqlBatchCommand KeepDetails(LedgerRecord.Details details) => Sql.Command(
        """
        insert into details (request_id, requester, reason, message_id, at) values ($1, $2, $3, $4, $5)
        on conflict (request_id) do update set requester = excluded.requester, reason = excluded.reason, message_id = excluded.message_id, at = excluded.at
        """,
        details.RequestId, details.Requester, details.Reason, details.MessageId, details.At);

    /// <summary>The command that removes details which are in their entry.</summary>
    public static NpgsqlBatchCommand DropDetails(string requestId) => Sql.Command("delete from details where request_id = $1", requestId);
}

/// <summary>What is on record of one request.</summary>
/// <param name="Stored">Its entry; null if there is none.</param>
/// <param name="Details">Who asked, if that is known and not in an entry yet.</param>
/// <param name="DatabaseNow">The time on the database's clock.</param>
internal sealed record RequestRows(StoredEntry? Stored, LedgerRecord.Details? Details, DateTimeOffset DatabaseNow);
