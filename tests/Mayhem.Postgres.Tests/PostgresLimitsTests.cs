using Mayhem.Contracts;
using Mayhem.Ledger;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Postgres.Tests;

public sealed class PostgresLimitsTests : LimitsContract
{
    private readonly TestDatabase database = new();
    private readonly ManualTimeProvider time = new();
    private int processes;

    protected override TimeSpan IntentLease => database.Options.IntentLease;

    protected override DateTimeOffset Now => time.GetUtcNow();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DropAsync();
    }

    protected override async Task<ILedger> OpenAsync()
    {
        var fixtures = new Fixtures { Clock = _ => time.GetUtcNow(), Owner = $"process {++processes}" };
        return await PostgresLedger.OpenAsync(database.Options, time, fixtures, NullLogger.Instance, CancellationToken.None);
    }

    protected override Task EndProcessAsync(ILedger ledger) => ((PostgresLedger)ledger).DisposeAsync().AsTask();

    protected override void PassTime(TimeSpan by) => time.Advance(by);
}
