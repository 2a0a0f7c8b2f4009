using Mayhem.Guards;
using Mayhem.Ledger;
using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>Asks what stands against an attempt, in a transaction that has the kill switch and the group to itself.</summary>
internal static class GuardRows
{
    /// <summary>The no of the kill switch or of a limit; null if there is none.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="intent">What somebody intends to do.</param>
    /// <param name="attempt">Which attempt it would be.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<GuardRefusal?> FindRefusalAsync(NpgsqlConnection connection, RestartIntent intent, int attempt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limits = intent.Limits is { AreNone: false } given ? given : null;
        await using var batch = Transactions.Batch(connection, HaltRows.FindLast());
        if (limits is not null)
            batch.BatchCommands.Add(UseRows.FindOfGroup(limits.Group, now - limits.Horizon));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        if (HaltRows.HaltBy(await rows.ReadAsync(cancellationToken) ? HaltRows.Read(rows) : null) is { } halt)
            return halt.Refusal;
        if (limits is null)
            return null;
        await rows.NextResultAsync(cancellationToken);
        var uses = new GroupUses();
        while (await rows.ReadAsync(cancellationToken))
            uses.Add(UseRows.Read(rows));
        return LimitChecks.FirstRefusal(uses, limits, new Candidate(intent.Request.RequestId, attempt, intent.Request.Host, now));
    }
}
