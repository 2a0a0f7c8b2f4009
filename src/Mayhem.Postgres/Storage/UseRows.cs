using Mayhem.Guards;
using Npgsql;
using NpgsqlTypes;

namespace Mayhem.Postgres.Storage;

/// <summary>Rows of <c>uses</c>: what attempts have taken of the limits of their groups.</summary>
internal static class UseRows
{
    private const string Columns = "request_id, attempt, host, host_group, taken_at, state, ended_at";

    /// <summary>What tells groups apart.</summary>
    public static string Key(string group) => group.ToUpperInvariant();

    /// <summary>Those of a group that were taken or have ended since a time, the latest last.</summary>
    public static NpgsqlBatchCommand FindOfGroup(string group, DateTimeOffset since) => Sql.Command(
        $"select {Columns} from uses where group_key = $1 and (taken_at >= $2 or ended_at >= $2) and state <> 'GivenBack' order by taken_at", Key(group), since);

    /// <summary>That of an attempt, for a change; null if it has taken nothing.</summary>
    public static Task<RestartUse?> FindAsync(NpgsqlConnection connection, string requestId, int attempt, CancellationToken cancellationToken) => Transactions.FirstAsync(
        connection, Sql.Command($"select {Columns} from uses where request_id = $1 and attempt = $2 for update", requestId, attempt), Read, cancellationToken);

    /// <summary>Reads the row that the reader is at.</summary>
    public static RestartUse Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), Enum.Parse<UseState>(row.GetString(5)),
        row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6));

    /// <summary>Writes one, in place of what was there of the attempt.</summary>
    public static NpgsqlBatchCommand Put(RestartUse use) => Sql.Command(
        """
        insert into uses (request_id, attempt, host, host_group, group_key, taken_at, state, ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (request_id, attempt) do update set
            host = excluded.host, host_group = excluded.host_group, group_key = excluded.group_key, taken_at = excluded.taken_at, state = excluded.state, ended_at = excluded.ended_at
        """,
        use.RequestId, use.Attempt, use.Host, use.Group, Key(use.Group), use.TakenAt, use.State.ToString(), Sql.Null(use.EndedAt, NpgsqlDbType.TimestampTz));
}
