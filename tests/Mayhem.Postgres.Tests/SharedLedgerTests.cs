using System.Collections.Concurrent;
using Mayhem.Contracts;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
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
            await ledger.RecordIntentAsync(new RestartIntent(Request($"r{number % 20}")), default))));

        var answers = await Task.WhenAll(asked);

        Assert.Equal(20, answers.Count(answer => answer is IntentAnswer.Begun));
        Assert.Equal(160, answers.Count(answer => answer is IntentAnswer.InFlightElsewhere));
    }

    [ContractFact]
    public async Task Restarted_ToldByAllAtOnce_IsNewsOnce()
    {
        await ledgers[0].RecordIntentAsync(new RestartIntent(Request("r1")), default);
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
                Task.Run(async () => await ledgers[0].RecordIntentAsync(new RestartIntent(Request(id)), default)),
                Task.Run(async () => await ledgers[1].SaveAsync(Request(id), "m1", default)));

            Assert.Equal("ops", (await ledgers[2].FindAsync(id, default))?.Requester);
        }
    }

    [ContractFact]
    public async Task Limits_FoughtOverByAllAtOnce_AreNeverExceeded()
    {
        var limits = new RestartLimits("herd") { CoolDown = TimeSpan.FromHours(1), Budget = 7, Concurrency = 3 };
        var (running, most) = (0, 0);
        var begun = new ConcurrentBag<string>();

        await Task.WhenAll(ledgers.SelectMany((ledger, process) => Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            for (var n = 0; n < 12; n++)
            {
                // Some requests come to all three, and some to one alone.
                var request = n % 3 == 0 ? Request($"shared-{worker}-{n}", $"host-{n}") : Request($"own-{process}-{worker}-{n}", $"host-{n}");
                if (await ledger.RecordIntentAsync(new RestartIntent(request, limits), default) is not IntentAnswer.Begun)
                    continue;
                var now = Interlocked.Increment(ref running);
                for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
                    Interlocked.CompareExchange(ref most, now, seen);
                begun.Add(request.Host);
                await ledger.RecordIssuedAsync(request.RequestId, 1, new IssuedRestart("op"), default);
                Interlocked.Decrement(ref running);
                await ledger.RecordRestartedAsync(request.RequestId, 1, default);
            }
        }))));

        Assert.Equal(7, begun.Count);
        Assert.Equal(7, begun.Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(most, 1, 3);
    }

    [ContractFact]
    public async Task Halt_AmongIntentsOfOtherProcesses_IsMissedByNoneThatEndsAfterIt()
    {
        for (var round = 0; round < 5; round++)
        {
            var prefix = $"round-{round}";
            var recorded = 0;
            using var stop = new CancellationTokenSource();
            var workers = ledgers.Skip(1).Select((ledger, process) => Task.Run(async () =>
            {
                for (var n = 0; !stop.IsCancellationRequested; n++, Interlocked.Increment(ref recorded))
                    await ledger.RecordIntentAsync(new RestartIntent(Request($"{prefix}-{process}-{n}")), default);
            })).ToList();
            await Eventually.HoldsAsync(() => Volatile.Read(ref recorded) > 5, "intents are recorded");

            await ledgers[0].HaltAsync("storm", "Ada", default);
            var atReturn = await database.QueryAsync<long>("select count(*) from entries");
            await ledgers[1].RecordIntentAsync(new RestartIntent(Request("late")), default);
            await stop.CancelAsync();
            await Task.WhenAll(workers);

            Assert.Equal(atReturn, await database.QueryAsync<long>("select count(*) from entries"));
            Assert.True(await ledgers[2].ResumeAsync("Ada", default));
        }
    }

    [ContractFact]
    public async Task Records_OnConnectionsThatTheServerHasClosed_AreRepeated()
    {
        var ledger = ledgers[0];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () => await ledger.FindAsync($"r{number}", default))));
        await database.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{database.Options.Schema}'");

        Assert.Equal(new IntentAnswer.Begun(1), await ledger.RecordIntentAsync(new RestartIntent(Request("r1")), default));
        await ledger.RecordIssuedAsync("r1", 1, new IssuedRestart("op"), default);

        Assert.Equal(RestartState.Issued, (await ledger.FindAsync("r1", default))?.State);
    }

    [ContractFact]
    public async Task Records_OfTextThatPostgreSqlCannotHold_AreKeptWithReplacements()
    {
        await ledgers[0].RecordIntentAsync(new RestartIntent(Request("r1") with { Reason = "x" }), default);
        await ledgers[0].SaveAsync(Request("r1") with { Reason = "nul \0 and half \ud83d of a pair, 🐒 whole" }, "m1", default);
        await ledgers[0].RecordFailedAsync("r1", 1, "cut \ud83d", AttemptFailure.Issued, null, default);

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

        var ended = await Assert.ThrowsAsync<Npgsql.PostgresException>(async () => await impatient.RecordIntentAsync(new RestartIntent(Request("r1")), default));

        Assert.Equal(Npgsql.PostgresErrorCodes.QueryCanceled, ended.SqlState);
    }

    [ContractFact]
    public async Task Intent_GivenUpWhileItWaits_IsNotOnRecord()
    {
        await using var source = PostgresConnections.Create(database.Options);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Storage.EntryRows.LockAsync(connection, "r1", default);
        using var patience = new CancellationTokenSource();
        var asked = ledgers[0].RecordIntentAsync(new RestartIntent(Request("r1")), patience.Token).AsTask();
        Assert.False(asked.IsCompleted);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await transaction.RollbackAsync();
        Assert.Equal(new IntentAnswer.Begun(1), await ledgers[1].RecordIntentAsync(new RestartIntent(Request("r1")), default));
    }

    [ContractFact]
    public async Task Forget_WhatEndedBeforeTheRetention_AndNothingElse()
    {
        foreach (var id in new[] { "old", "young", "pending" })
            await ledgers[0].RecordIntentAsync(new RestartIntent(Request(id)), default);
        await ledgers[0].RecordFailedAsync("old", 1, "x", AttemptFailure.Issued, null, default);
        await ledgers[0].RecordFailedAsync("young", 1, "x", AttemptFailure.Issued, null, default);
        await ledgers[0].RecordUnsettledAsync("m1", 1, default);
        await ledgers[0].RecordUnsettledAsync("m1", 2, default);
        await ledgers[0].RecordUnsettledAsync("m2", 1, default);
        await ledgers[0].SaveAsync(Request("never begun"), "m3", default);
        var limits = new RestartLimits("herd") { Budget = 9 };
        await ledgers[0].RecordIntentAsync(new RestartIntent(Request("used long ago"), limits), default);
        await ledgers[0].RecordIntentAsync(new RestartIntent(Request("used"), limits), default);
        foreach (var id in new[] { "refused long ago", "refused" })
            await ledgers[0].RecordRefusalAsync(new Refusal(id, "h", "herd", "ops", "", null, new GuardRefusal(Guard.Budget, "b", "full"), "later"), default);
        await database.ExecuteAsync(
            """
            update uses set taken_at = taken_at - interval '8 days' where request_id like '% long ago';
            update refusals set last_at = last_at - interval '8 days' where request_id like '% long ago';
            update entries set ended_at = ended_at - interval '8 days' where request_id = 'old';
            update entries set intent_at = intent_at - interval '8 days' where request_id = 'pending';
            update unsettled set at = at - interval '8 days' where delivery_count = 1;
            update details set at = at - interval '8 days';
            """);

        Assert.Equal(5, await ledgers[1].ForgetAsync(default));

        var left = await ledgers[0].ListAsync(default).Select(entry => entry.RequestId).ToListAsync();
        Assert.Equal(["young", "pending", "used long ago", "used"], left);
        Assert.Equal("used", Assert.Single(await ledgers[0].ListUsesAsync("herd", DateTimeOffset.MinValue, default)).RequestId);
        Assert.Equal("refused", Assert.Single(await ledgers[0].ListRefusalsAsync(default).ToListAsync()).Last.RequestId);
        Assert.Equal((2, 0), (await ledgers[0].CountUnsettledAsync("m1", default), await ledgers[0].CountUnsettledAsync("m2", default)));
    }

    private static RestartRequest Request(string id, string host = "cattle-0001") => new() { RequestId = id, Host = host, Group = "web", Requester = "ops" };
}
