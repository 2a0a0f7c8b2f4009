using Mayhem.Contracts;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Ledger;

public sealed class EmbeddedLedgerTests : LedgerContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();
    private int processes;

    protected override TimeSpan IntentLease => TimeSpan.FromMinutes(2);

    protected override async Task<ILedger> OpenAsync() =>
        await EmbeddedLedger.OpenAsync(folder.Path, new EmbeddedLedgerOptions { Owner = $"process {++processes}" }, time, NullLogger.Instance);

    protected override Task EndProcessAsync(ILedger ledger) => ((EmbeddedLedger)ledger).DisposeAsync().AsTask();

    protected override void PassTime(TimeSpan by) => time.Advance(by);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_IntentsOfAnEarlierRun_AreInterruptedAtOnceAndTakenOverByTheNewOwner()
    {
        await Ledger.RecordIntentAsync(new RestartIntent(Request("r1")), default);
        await RestartProcessAsync();
        var found = await Ledger.FindAsync("r1", default);
        Assert.Equal((RestartState.Interrupted, "process 1"), (found!.State, found.Owner));

        Assert.Equal(new IntentAnswer.Interrupted(1, found.IntentAt), await Ledger.RecordIntentAsync(new RestartIntent(Request("r1")), default));

        Assert.Equal("process 2", (await Ledger.FindAsync("r1", default))!.Owner);
    }

    [Fact]
    public async Task Lease_IsMeasuredOnTheMonotonicClock()
    {
        await Ledger.RecordIntentAsync(new RestartIntent(Request("r1")), default);

        time.JumpWallClock(TimeSpan.FromDays(1));

        Assert.IsType<IntentAnswer.InFlightElsewhere>(await Ledger.RecordIntentAsync(new RestartIntent(Request("r1")), default));
    }

    [Fact]
    public async Task Read_BesideTheProcessThatHasItOpen_FindsItsEntries()
    {
        await Ledger.RecordIntentAsync(new RestartIntent(Request("r1")), default);
        await Ledger.RecordIssuedAsync("r1", 1, new IssuedRestart("op-1", 10, 11), default);

        var entry = Assert.Single(await EmbeddedLedger.ReadAsync(folder.Path, default));

        Assert.Equal((RestartState.Issued, new IssuedRestart("op-1", 10, 11)), (entry.State, entry.Issued));
        await Ledger.RecordRestartedAsync("r1", 1, default);
        Assert.Equal(RestartState.Restarted, Assert.Single(await EmbeddedLedger.ReadAsync(folder.Path, default)).State);
    }

    [Fact]
    public async Task Read_OfAMissingFolder_IsEmptyAndCreatesNothing()
    {
        Assert.Empty(await EmbeddedLedger.ReadAsync(folder["nowhere"], default));
        Assert.False(Directory.Exists(folder["nowhere"]));
    }

    [Fact]
    public async Task Open_Twice_IsRefused() =>
        await Assert.ThrowsAsync<JournalInUseException>(() => EmbeddedLedger.OpenAsync(folder.Path, null, time, NullLogger.Instance));

    [Fact]
    public async Task Open_JournalOfSomethingElse_NamesTheFolder()
    {
        var other = folder["other"];
        await Journal.Records.WriteAsync(other, "not json");

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() => EmbeddedLedger.OpenAsync(other, null, time, NullLogger.Instance));

        Assert.Contains(other, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, nameof(EmbeddedLedgerOptions.IntentLease))]
    [InlineData(1, 0, nameof(EmbeddedLedgerOptions.Retention))]
    public void InMemory_OptionOutOfRange_IsNamed(int leaseSeconds, int retentionSeconds, string named)
    {
        var options = new EmbeddedLedgerOptions { IntentLease = TimeSpan.FromSeconds(leaseSeconds), Retention = TimeSpan.FromSeconds(retentionSeconds) };

        Assert.Contains(named, Assert.Throws<ArgumentException>(() => EmbeddedLedger.InMemory(time, options)).Message, StringComparison.Ordinal);
    }
}
