using System.Security.Cryptography;
using Npgsql;

namespace Mayhem.Postgres.Tests;

/// <summary>A schema of its own on the server that <c>tests/run</c> has started; gone at the end.</summary>
internal sealed class TestDatabase
{
    /// <summary>Holds the server's connection string.</summary>
    public const string Variable = "MAYHEM_TEST_POSTGRES";

    /// <summary>The server.</summary>
    public static string ConnectionString { get; } = Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>How to open a ledger in the schema. The connections bear its name.</summary>
    public PostgresOptions Options { get; } = OptionsFor($"test_{RandomNumberGenerator.GetHexString(12, lowercase: true)}");

    /// <summary>Executes statements in the schema.</summary>
    public async Task ExecuteAsync(string sql) => await QueryAsync<object>(sql);

    /// <summary>Asks for one value.</summary>
    public async Task<T?> QueryAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = Options.Schema, Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>Removes the schema.</summary>
    public async Task DropAsync() => await ExecuteAsync($"drop schema if exists {Options.Schema} cascade");

    private static PostgresOptions OptionsFor(string schema) =>
        new() { ConnectionString = $"{ConnectionString};Application Name={schema}", Schema = schema };
}
