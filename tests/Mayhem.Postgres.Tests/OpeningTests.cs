using Azure.Core;
using Mayhem.Contracts;
using Mayhem.Postgres.Migrations;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mayhem.Postgres.Tests;

public sealed class OpeningTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DropAsync();

    [ContractFact]
    public async Task Open_ByManyInstancesAtOnce_TakesEachStepOnce()
    {
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => OpenAsync(database.Options))));

        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
        Assert.Equal(Migration.All.Count, await database.QueryAsync<long>("select count(*) from versions"));
        Assert.Equal(Migration.All[^1].Version, await database.QueryAsync<int>("select max(version) from versions"));
    }

    [ContractFact]
    public async Task Open_OfASchemaThatExistsAndIsEmpty_FillsIt()
    {
        await database.ExecuteAsync($"create schema {database.Options.Schema}");

        await using var ledger = await OpenAsync(database.Options);

        Assert.Null(await ledger.FindAsync("r1", default));
    }

    [ContractFact]
    public async Task Open_OfANewerSchema_IsRefusedByVersion()
    {
        await (await OpenAsync(database.Options)).DisposeAsync();
        await database.ExecuteAsync("insert into versions (version, name) values (999, '0999_tomorrow.sql')");

        var opened = await Assert.ThrowsAsync<PostgresLedgerException>(() => OpenAsync(database.Options));
        var read = await Assert.ThrowsAsync<PostgresLedgerException>(() => PostgresLedger.ReadAsync(database.Options, default));

        Assert.Equal(opened.Message, read.Message);
        Assert.Contains("is of version 999", opened.Message, StringComparison.Ordinal);
        Assert.Contains("use the newer program", opened.Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task Migrate_AStepThatFails_ChangesNothing()
    {
        await using var source = PostgresConnections.Create(database.Options);
        Migration[] broken = [.. Migration.All, new Migration(Migration.All.Count + 1, "broken.sql", "create table half (x integer); select no_such_function()")];

        await Assert.ThrowsAsync<PostgresException>(() => new Migrator(source, database.Options.Schema, broken, NullLogger.Instance).RunAsync(default));

        Assert.Equal(0, await new Migrator(source, database.Options.Schema, broken, NullLogger.Instance).FindVersionAsync(default));
        await (await OpenAsync(database.Options)).DisposeAsync();
    }

    [ContractFact]
    public async Task Read_OfADatabaseWithoutALedger_IsEmptyAndCreatesNothing()
    {
        Assert.Empty(await PostgresLedger.ReadAsync(database.Options, default));

        Assert.Equal(0L, await database.QueryAsync<long>($"select count(*) from pg_namespace where nspname = '{database.Options.Schema}'"));
    }

    [ContractFact]
    public async Task Open_OfAServerThatIsNotThere_NamesItAndTheSetting()
    {
        var options = With("Host=127.0.0.1;Port=1;Database=mayhem;Username=x");

        var refused = await Assert.ThrowsAsync<PostgresLedgerException>(() => OpenAsync(options));

        Assert.Contains("127.0.0.1:1 cannot be reached", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Mayhem:Ledger:Postgres:ConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task Open_OfAMissingDatabase_NamesIt()
    {
        var options = With(new NpgsqlConnectionStringBuilder(TestDatabase.ConnectionString) { Database = "no_such_database" }.ConnectionString);

        var refused = await Assert.ThrowsAsync<PostgresLedgerException>(() => OpenAsync(options));

        Assert.Contains("has no database 'no_such_database'", refused.Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public async Task Open_WithoutTheRightToMakeTheSchema_SaysWhatToGrant()
    {
        var user = $"weak_{database.Options.Schema}";
        await database.ExecuteAsync($"create role {user} login");
        try
        {
            var options = With(new NpgsqlConnectionStringBuilder(TestDatabase.ConnectionString) { Username = user }.ConnectionString);

            var refused = await Assert.ThrowsAsync<PostgresLedgerException>(() => OpenAsync(options));

            Assert.Contains($"grant create on database \"postgres\" to \"{user}\"", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            await database.ExecuteAsync($"drop role {user}");
        }
    }

    [ContractFact]
    public async Task Open_WithEntra_SendsTheTokenAsPassword()
    {
        // tests/run lets this user in by password only; any other server may let it in without.
        const string user = "mayhem_with_password";
        await database.ExecuteAsync($"do $$ begin create role {user} login superuser password 'the-token'; exception when duplicate_object or unique_violation then null; end $$");
        var options = With(new NpgsqlConnectionStringBuilder(TestDatabase.ConnectionString) { Username = user, SslMode = SslMode.Disable }.ConnectionString);
        options.Entra = true;
        var credential = new FixedCredential("the-token");

        await (await PostgresLedger.OpenAsync(options, TimeProvider.System, new Fixtures { Credential = credential }, NullLogger.Instance, default)).DisposeAsync();

        Assert.Equal("https://ossrdbms-aad.database.windows.net/.default", credential.Asked);
        var refused = await Assert.ThrowsAsync<PostgresLedgerException>(() =>
            PostgresLedger.OpenAsync(options, TimeProvider.System, new Fixtures { Credential = new FixedCredential("another") }, NullLogger.Instance, default));
        Assert.Contains("Microsoft Entra principals", refused.Message, StringComparison.Ordinal);
    }

    private static Task<PostgresLedger> OpenAsync(PostgresOptions options) => PostgresLedger.OpenAsync(options, TimeProvider.System, NullLogger.Instance, default);

    private PostgresOptions With(string connectionString) => new() { ConnectionString = connectionString, Schema = database.Options.Schema };

    private sealed class FixedCredential(string token) : TokenCredential
    {
        public string? Asked { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked = requestContext.Scopes.Single();
            return new AccessToken(token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
