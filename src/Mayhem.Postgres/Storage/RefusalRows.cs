using Mayhem.Guards;
using Npgsql;
using NpgsqlTypes;

namespace Mayhem.Postgres.Storage;

/// <summary>Rows of <c>refusals</c>: one for each guard that said no to a request.</summary>
internal static class RefusalRows
{
    /// <summary>All of them, in the order of the first time.</summary>
    public const string List =
        "select request_id, guard, host, host_group, requester, reason, operation_id, rule, why, passes_at, outcome, first_at, last_at, count from refusals order by position";

    private const string Add =
        """
        insert into refusals (request_id, guard, host, host_group, requester, reason, operation_id, rule, why, passes_at, outcome, first_at, last_at, count)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1)
        on conflict (request_id, guard) do update set
            host = excluded.host, host_group = excluded.host_group, requester = excluded.requester, reason = excluded.reason, operation_id = excluded.operation_id,
            rule = excluded.rule, why = excluded.why, passes_at = excluded.passes_at, outcome = excluded.outcome, last_at = excluded.last_at, count = refusals.count + 1
        """;

    /// <summary>Adds a no.</summary>
    public static NpgsqlBatchCommand Count(Refusal refusal, DateTimeOffset at) => Sql.Command(
        Add, refusal.RequestId, refusal.Decision.Guard.ToString(), refusal.Host, refusal.Group, refusal.Requester, refusal.Reason, Sql.Null(refusal.OperationId),
        refusal.Decision.Rule, refusal.Decision.Why, Sql.Null(refusal.Decision.PassesAt, NpgsqlDbType.TimestampTz), refusal.Outcome, at);

    /// <summary>Reads the row that the reader is at.</summary>
    public static RefusalRecord Read(NpgsqlDataReader row)
    {
        var passesAt = row.IsDBNull(9) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(9);
        var decision = new GuardRefusal(Enum.Parse<Guard>(row.GetString(1)), row.GetString(7), row.GetString(8), passesAt);
        var last = new Refusal(
            row.GetString(0), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6), decision, row.GetString(10));
        return new RefusalRecord(last, row.GetFieldValue<DateTimeOffset>(11), row.GetFieldValue<DateTimeOffset>(12), row.GetInt32(13));
    }
}
