using Mayhem.Guards;
using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>Rows of <c>switchings</c>: the kill switch. The last one counts.</summary>
internal static class HaltRows
{
    /// <summary>All that are kept, the latest last.</summary>
    public const string List = "select halts, reason, by, at from switchings order by position";

    private const int Kept = 200;

    /// <summary>The last switching.</summary>
    public static NpgsqlBatchCommand FindLast() => Sql.Command("select halts, reason, by, at from switchings order by position desc limit 1");

    /// <summary>The last switching, for a change; null if there was none.</summary>
    public static Task<Switching?> FindLastAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Transactions.FirstAsync(connection, FindLast(), Read, cancellationToken);

    /// <summary>Reads the row that the reader is at.</summary>
    public static Switching Read(NpgsqlDataReader row) =>
        new(row.GetBoolean(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3));

    /// <summary>The halt in force after a switching; null if restarts go ahead.</summary>
    public static Halt? HaltBy(Switching? last) => last is { Halts: true } halt ? new Halt(halt.Reason ?? "", halt.By, halt.At) : null;

    /// <summary>Switches.</summary>
    public static NpgsqlBatchCommand Add(Switching switching) => Sql.Command(
        "insert into switchings (halts, reason, by, at) values ($1, $2, $3, $4)", switching.Halts, Sql.Null(switching.Reason), switching.By, switching.At);

    /// <summary>Drops the oldest.</summary>
    public static NpgsqlBatchCommand DropOld() => Sql.Command("delete from switchings where position <= (select max(position) from switchings) - $1", (long)Kept);
}
