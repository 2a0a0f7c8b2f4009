using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>
/// Runs short transactions (READ COMMITTED). One that failed for a passing reason, such as a broken connection or a deadlock, is repeated as a whole: the work must
/// come to the same end when it finds that an earlier try was committed after all.
/// </summary>
internal sealed class Transactions(NpgsqlDataSource source, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];

    /// <summary>Does the work in a transaction, and commits it.</summary>
    /// <param name="what">What it is, for the log.</param>
    /// <param name="work">The work, on a connection in the transaction.</param>
    /// <param name="cancellationToken">Gives up; the work may have been committed.</param>
    public Task<T> RunAsync<T>(string what, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => RetryAsync(
        what,
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(connection, cancellationToken);
            // Not to be given up: nobody could tell then whether it is done, and an intent would be held that nobody acts upon.
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        },
        cancellationToken);

    /// <summary>Reads one row; null if there is none.</summary>
    public Task<T?> ReadAsync<T>(string what, Func<NpgsqlBatchCommand> question, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class => RetryAsync(what, connection => FirstAsync(connection, question(), read, cancellationToken), cancellationToken);

    /// <summary>Reads all rows.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>(string what, Func<NpgsqlBatchCommand> question, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => RetryAsync(
        what,
        async connection =>
        {
            await using var batch = Batch(connection, question());
            await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
            List<T> found = [];
            while (await rows.ReadAsync(cancellationToken))
                found.Add(read(rows));
            return (IReadOnlyList<T>)found;
        },
        cancellationToken);

    /// <summary>Reads the first row on a connection; null if there is none.</summary>
    public static async Task<T?> FirstAsync<T>(NpgsqlConnection connection, NpgsqlBatchCommand question, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await using var batch = Batch(connection, question);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? read(rows) : null;
    }

    /// <summary>A batch of commands: one round trip.</summary>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, params IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }

    private async Task<T> RetryAsync<T>(string what, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var @try = 1; ; @try++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return await work(connection);
            }
            catch (NpgsqlException failure) when (@try <= Delays.Length && MayPass(failure))
            {
                Log.TriedAgain(logger, failure, what, @try, Delays[@try - 1]);
                await Task.Delay(Delays[@try - 1], timeProvider, cancellationToken);
            }
        }
    }

    // A statement that was ended for taking too long would only take as long again.
    private static bool MayPass(NpgsqlException failure) => failure.IsTransient && failure is not PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };
}
