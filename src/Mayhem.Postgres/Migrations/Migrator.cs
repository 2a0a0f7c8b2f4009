using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mayhem.Postgres.Migrations;

/// <summary>Brings the schema to the version of this program. Any number of instances may do so at the same time: each step is taken once, or not at all.</summary>
internal sealed class Migrator(NpgsqlDataSource source, string schema, IReadOnlyList<Migration> migrations, ILogger logger)
{
    /// <summary>Waiting for another instance that migrates takes this long at most: 60 s.</summary>
    private const string Patience = "60s";

    /// <summary>Takes the steps that are missing.</summary>
    /// <returns>The version that the schema has now.</returns>
    /// <exception cref="PostgresLedgerException">The schema is of a newer version than this program knows.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var found = await FindVersionAsync(connection, cancellationToken);
        return found < Latest ? Known(await MigrateAsync(connection, cancellationToken)) : found;
    }

    /// <summary>The version that the schema has; 0 if there is none. Changes nothing.</summary>
    /// <exception cref="PostgresLedgerException">The schema is of a newer version than this program knows.</exception>
    public async Task<int> FindVersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await FindVersionAsync(connection, cancellationToken);
    }

    private int Latest => migrations[^1].Version;

    private async Task<int> FindVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await ExistsAsync(connection, cancellationToken) ? Known(await VersionAsync(connection, cancellationToken)) : 0;

    private int Known(int version) => version <= Latest ? version : throw new PostgresLedgerException(
        $"The ledger's schema '{schema}' is of version {version}, and this program knows versions up to {Latest}: use the newer program, or another {PostgresOptions.Section}:{nameof(PostgresOptions.Schema)}.");

    private async Task<int> MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"set local statement_timeout = '{Patience}'", cancellationToken);
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = $"mayhem schema {schema}" } } })
            await turn.ExecuteNonQueryAsync(cancellationToken);

        // Another instance may have been here first: the catalog's tables are asked, since functions as to_regclass remember what they saw before the wait.
        // "create schema if not exists" would need the right to create one even where it does nothing.
        var version = 0;
        if (await ExistsAsync(connection, cancellationToken))
        {
            version = await VersionAsync(connection, cancellationToken);
        }
        else
        {
            if (!await IsThereAsync(connection, "select exists (select from pg_catalog.pg_namespace where nspname = $1)", schema, cancellationToken))
                await ExecuteAsync(connection, $"create schema {schema}", cancellationToken);
            await ExecuteAsync(connection, "create table versions (version integer primary key, name text not null, applied_at timestamptz not null default now())", cancellationToken);
        }

        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            await ExecuteAsync(connection, migration.Sql, cancellationToken);
            await using var note = new NpgsqlCommand("insert into versions (version, name) values ($1, $2)", connection)
            {
                Parameters = { new() { Value = migration.Version }, new() { Value = migration.Name } },
            };
            await note.ExecuteNonQueryAsync(cancellationToken);
            version = migration.Version;
        }
        await transaction.CommitAsync(cancellationToken);
        Log.Migrated(logger, schema, version, migrations[^1].Name);
        return version;
    }

    private Task<bool> ExistsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        IsThereAsync(connection, "select exists (select from pg_catalog.pg_tables where schemaname = $1 and tablename = 'versions')", schema, cancellationToken);

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string question, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(version), 0) from versions", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
