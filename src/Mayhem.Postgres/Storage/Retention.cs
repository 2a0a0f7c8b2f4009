using Mayhem.Guards;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mayhem.Postgres.Storage;

/// <summary>Removes what ended before the retention, now and then, in small portions. One instance at a time does it.</summary>
internal sealed class Retention : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly Transactions transactions;
    private readonly TimeSpan span;
    private readonly TimeProvider timeProvider;
    private readonly Func<DateTimeOffset, DateTimeOffset> clock;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private readonly Task loop;

    /// <summary>Begins a minute later: a start has better things to do.</summary>
    public Retention(Transactions transactions, TimeSpan span, TimeProvider timeProvider, Func<DateTimeOffset, DateTimeOffset> clock, ILogger logger)
    {
        this.transactions = transactions;
        this.span = span;
        this.timeProvider = timeProvider;
        this.clock = clock;
        this.logger = logger;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Removes everything that is old enough now.</summary>
    /// <returns>How many rows; zero if another instance is at it.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var portion in Portions)
        {
            int removed;
            do
            {
                removed = await transactions.RunAsync("forget", (connection, token) => ForgetAsync(connection, portion, token), cancellationToken);
                forgotten += removed;
            }
            while (removed > 0);
        }
        return forgotten;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await loop;
        ending.Dispose();
    }

    private static IReadOnlyList<string> Portions { get; } =
    [
        Portion("entries", "request_id", "state in ('Failed', 'Restarted', 'WouldRestart') and ended_at < $1"),
        Portion("details", "request_id", "at < $1"),
        // As long as one delivery of a message is young, the older ones still count.
        "delete from unsettled where message_id in (select message_id from unsettled group by message_id having max(at) < $1 limit 500)",
        Portion("failures", "message", "at < $1"),
        Portion("copies", "message_id", "at < $1"),
        Portion("refusals", "position", "last_at < $1"),
        Portion("uses", "(request_id, attempt)", "taken_at < $2 and coalesce(ended_at, taken_at) < $2"),
        Portion("trials", "message", "at < $1"),
    ];

    private static string Portion(string table, string key, string condition) =>
        $"delete from {table} where {key} in (select {key.Trim('(', ')')} from {table} where {condition} limit 500 for update skip locked) and {condition}";

    // Limits look back for as long as that, whatever else is kept.
    private TimeSpan SpanOfUses => span > RestartLimits.LongestSpan ? span : RestartLimits.LongestSpan;

    private async Task<int> ForgetAsync(NpgsqlConnection connection, string portion, CancellationToken cancellationToken)
    {
        await using var turn = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended(current_schema() || ' retention', 0)), clock_timestamp()", connection);
        DateTimeOffset now;
        await using (var row = await turn.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            if (!row.GetBoolean(0))
                return 0;
            now = clock(row.GetFieldValue<DateTimeOffset>(1));
        }
        await using var batch = Transactions.Batch(connection, [Sql.Command(portion, now - span, now - SpanOfUses)]);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        try
        {
            await Task.Delay(FirstDelay, timeProvider, ending.Token);
            while (true)
            {
                await ForgetOrTellAsync();
                await Task.Delay(Interval, timeProvider, ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
    }

    private async Task ForgetOrTellAsync()
    {
        try
        {
            if (await ForgetAsync(ending.Token) is > 0 and var count)
                Log.Forgotten(logger, count);
        }
        catch (Exception failure) when (!ending.IsCancellationRequested)
        {
            Log.NotForgotten(logger, failure, Interval);
        }
    }
}
