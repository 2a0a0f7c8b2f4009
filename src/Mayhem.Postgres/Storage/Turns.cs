using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>
/// What a transaction has to itself until it ends, by advisory locks, so that also what is not there yet can be waited for. Everybody takes them in this order, so that nobody waits
/// for each other: kill switch, group, request. What is read in the statements after is what others have committed, since in READ COMMITTED each takes a new snapshot.
/// </summary>
internal static class Turns
{
    private const string Alone = "select pg_advisory_xact_lock(hashtextextended(current_schema() || $1, 0))";
    private const string Together = "select pg_advisory_xact_lock_shared(hashtextextended(current_schema() || $1, 0))";
    private const string HaltKey = " halt";

    /// <summary>The kill switch stays as it is: who switches it waits for all intents under way, and so none of them can miss it.</summary>
    public static NpgsqlBatchCommand WithHaltAsItIs() => Sql.Command(Together, HaltKey);

    /// <summary>Nobody else switches, and no intent is under way.</summary>
    public static NpgsqlBatchCommand ToSwitch() => Sql.Command(Alone, HaltKey);

    /// <summary>Nobody else counts against the limits of the group.</summary>
    public static NpgsqlBatchCommand OfGroup(string group) => Sql.Command(Alone, $" group {UseRows.Key(group)}");

    /// <summary>Nobody else is about the request.</summary>
    public static NpgsqlBatchCommand OfRequest(string requestId) => Sql.Command(Alone, $" request {requestId}");
}
