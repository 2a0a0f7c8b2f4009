using Mayhem.Contracts;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Postgres.Tests;

/// <summary>Several processes on one ledger, by the database's clock.</summary>
public sealed class SharedLedgerTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();
    private readonly List<PostgresLedger> ledgers = [];

    public async Task InitializeAsync()
    {
        foreach (var owner in new[] { "one", "two", "three" })
            ledgers.Add(await PostgresLedger.OpenAsync(database.Options, TimeProvider.System, new Fixtures { Owner = owner }, NullLogger.Instance, default));
    }

    public async Task DisposeAsync()
    {
        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
        await database.DropAsync();
    }

    [ContractFact]
    public async Task Intent_OfManyRequestsAskedByAllAtOnce_BeginsEachOnce()
    {
        var asked = Enumerable.Range(0, 60).SelectMany(number => ledgers.Select(ledger => Task.Run(async () =>
            await ledger.RecordIntentAsync(Request($"r{number % 20}"), default))));

        var answers = await Task.WhenAll(asked);

        Assert.Equal(20, answers.Count(answer => answer is IntentAnswer.Begun));
        Assert.Equal(160, answers.Count(answer => answer is IntentAnswer.InFlightElsewhere));
    }

    [ContractFact]
    public async Task Restarted_ToldByAllAtOnce_IsNewsOnce()
    {
        await ledgers[0].RecordIntentAsync(Request("r1"), default);
        await ledgers[0].RecordIssuedAsync("r1", 1, new IssuedRestart("op"), default);

        var news = await Task.WhenAll(ledgers.Select(ledger => Task.Run(async () => await ledger.RecordRestartedAsync("r1", 1, default))));

        Assert.Single(news, isNews => isNews);
    }

    [ContractFact]
    public async Task Save_BesideTheIntentOfAnotherProcess_NeverLosesTheDetails()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = $"r{round}";
            await Task.WhenAll(
                Task.Run(async () => await ledgers[0].RecordIntentAsync(Request(id), default)),
                Task.Run(async () => await ledgers[1].SaveAsync(Request(id), "m1", default)));

            Assert.Equal("ops", (await ledgers[2].FindAsync(id, default))?.Requester);
        }
    }

    [ContractFact]
    public async Task Records_OnConnectionsThatTheServerHasClosed_AreRepeated()
    {
        var ledger = ledgers[0];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () => await ledger.FindAsync($"r{number}", default))));
        await database.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{database.Options.Schema}'");

        Assert.Equal(new IntentAnswer.Begun(1), await ledger.RecordIntentAsync(Request("r1"), default));
        await ledger.RecordIssuedAsync("r1", 1, new IssuedRestart("op"), default);

        Assert.Equal(RestartState.Issued, (await ledger.FindAsync("r1", default))?.State);
    }

    [ContractFact]
    public async Task Records_OfTextThatPostgreSqlCannotHold_AreKeptWithReplacements()
    {
        await ledgers[0].RecordIntentAsync(Request("r1") with { Reason = "x" }, default);
        await ledgers[0].SaveAsync(Request("r1") with { Reason = "nul \0 and half \ud83d of a pair, 🐒 whole" }, "m1", default);
        await ledgers[0].RecordFailedAsync("r1", 1, "cut \ud83d", ambiguous: false, null, default);

        var entry = await ledgers[0].FindAsync("r1", default);

        Assert.Equal(("nul \ufffd and half \ufffd of a pair, 🐒 whole", "cut \ufffd"), (entry!.Reason, entry.Error));
    }

    [ContractFact]
    public async Task Statement_ThatTakesTooLong_IsEndedByTheServer()
    {
        var options = new PostgresOptions { ConnectionString = database.Options.ConnectionString, Schema = database.Options.Schema, StatementTimeout = TimeSpan.FromMilliseconds(200) };
        await using var impatient = await PostgresLedger.OpenAsync(options, TimeProvider.System, NullLogger.Instance, default);
        await using var source = PostgresConnections.Create(database.Options);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Storage.EntryRows.LockAsync(connection, "r1", default);

        var ended = await Assert.ThrowsAsync<Npgsql.PostgresException>(async () => await impatient.RecordIntentAsync(Request("r1"), default));

        Assert.Equal(Npgsql.PostgresErrorCodes.QueryCanceled, ended.SqlState);
    }

    [ContractFact]
    public async Task Forget_WhatEndedBeforeTheRetention_AndNothingElse()
    {
        foreach (var id in new[] { "old", "young", "pending" })
            await ledgers[0].RecordIntentAsync(Request(id), default);
        await ledgers[0].RecordFailedAsync("old", 1, "x", ambiguous: false, null, default);
        await ledgers[0].RecordFailedAsync("young", 1, "x", ambiguous: false, null, default);
        await ledgers[0].RecordUnsettledAsync("m1", 1, default);
        await ledgers[0].RecordUnsettledAsync("m1", 2, default);
        await ledgers[0].RecordUnsettledAsync("m2", 1, default);
        await ledgers[0].SaveAsync(Request("never begun"), "m3", default);
        await database.ExecuteAsync(
            """
            update entries set ended_at = ended_at - interval '8 days' where request_id = 'old';
            update entries set intent_at = intent_at - interval '8 days' where request_id = 'pending';
            update unsettled set at = at - interval '8 days' where delivery_count = 1;
            update details set at = at - interval '8 days';
            """);

        Assert.Equal(3, await ledgers[1].ForgetAsync(default));

        var left = await ledgers[0].ListAsync(default).Select(entry => entry.RequestId).ToListAsync();
        Assert.Equal(["young", "pending"], left);
        Assert.Equal((2, 0), (await ledgers[0].CountUnsettledAsync("m1", default), await ledgers[0].CountUnsettledAsync("m2", default)));
    }

    private static RestartRequest Request(string id) => new() { RequestId = id, Host = "cattle-0001", Group = "web", Requester = "ops" };
}
