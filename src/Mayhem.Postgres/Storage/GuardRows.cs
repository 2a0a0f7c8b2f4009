using Mayhem.Guards;
using Mayhem.Ledger;
using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>Asks what stands against an attempt, in a transaction that has the kill switch and the group to itself.</summary>
internal static class GuardRows
{
    /// <summary>
    /// The no of the kill switch or of a limit, null if there is none; and when that was found out. The clock is read last, so that what has ended by then, and lets the attempt pass,
    /// has ended before the attempt on record as well.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="intent">What somebody intends to do.</param>
    /// <param name="attempt">Which attempt it would be.</param>
    /// <param name="clock">Tells the time, given the database's.</param>
    /// <param name="since">A time before, from which the limits look back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<(GuardRefusal? Refusal, DateTimeOffset At)> FindRefusalAsync(
        NpgsqlConnection connection, RestartIntent intent, int attempt, Func<DateTimeOffset, DateTimeOffset> clock, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var limits = intent.Limits is { AreNone: false } given ? given : null;
        await using var batch = Transactions.Batch(connection, HaltRows.FindLast());
        if (limits is not null)
            batch.BatchCommands.Add(UseRows.FindOfGroup(limits.Group, since - limits.Horizon));
        batch.BatchCommands.Add(EntryRows.AskTime());
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var halt = HaltRows.HaltBy(await rows.ReadAsync(cancellationToken) ? HaltRows.Read(rows) : null);
        var uses = new GroupUses();
        if (limits is not null)
        {
            await rows.NextResultAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                uses.Add(UseRows.Read(rows));
        }
        await rows.NextResultAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var now = clock(rows.GetFieldValue<DateTimeOffset>(0));
        if (halt is not null || limits is null)
            return (halt?.Refusal, now);
        return (LimitChecks.FirstRefusal(uses, limits, new Candidate(intent.Request.RequestId, attempt, intent.Request.Host, now)), now);
    }
}
