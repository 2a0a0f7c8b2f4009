using Mayhem.Core.Tests.Journal;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Ledger;

public sealed class LedgerDurabilityTests : IDisposable
{
    private static readonly RestartRequest Request = new() { RequestId = "r1", Host = "h", Requester = "ops" };

    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Intent_ThatCannotBeWritten_GivesNoRightToAct()
    {
        var disk = new BreakingDisk();
        await using var ledger = await EmbeddedLedger.OpenAsync(folder.Path, On(disk), time, NullLogger.Instance);
        disk.Before = _ => throw new IOException("no space left");

        await Assert.ThrowsAsync<JournalFailedException>(() => ledger.RecordIntentAsync(new RestartIntent(Request), default).AsTask());
        await Assert.ThrowsAsync<JournalFailedException>(() => ledger.RecordIntentAsync(new RestartIntent(Request), default).AsTask());
    }

    [Fact]
    public async Task Intent_ThatNobodyWaitedFor_DoesNotMakeTheNextWaitForItsLease()
    {
        using var disk = new SlowDisk();
        await using var ledger = await EmbeddedLedger.OpenAsync(folder.Path, On(disk), time, NullLogger.Instance);
        disk.Hold();
        using var impatience = new CancellationTokenSource();
        var givenUp = ledger.RecordIntentAsync(new RestartIntent(Request), impatience.Token).AsTask();
        disk.WaitUntilHeld();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        disk.Release();

        Assert.Equal(1, Assert.IsType<IntentAnswer.Interrupted>(await ledger.RecordIntentAsync(new RestartIntent(Request), default)).Attempt);
        Assert.IsType<IntentAnswer.InFlightElsewhere>(await ledger.RecordIntentAsync(new RestartIntent(Request), default));
    }

    [Fact]
    public async Task AlreadyDone_IsNotAnsweredBeforeTheRestartIsDurable()
    {
        using var disk = new SlowDisk();
        await using var ledger = await EmbeddedLedger.OpenAsync(folder.Path, On(disk), time, NullLogger.Instance);
        await ledger.RecordIntentAsync(new RestartIntent(Request), default);
        await ledger.RecordIssuedAsync("r1", 1, new IssuedRestart("op"), default);
        disk.Hold();
        var restarted = ledger.RecordRestartedAsync("r1", 1, default).AsTask();
        disk.WaitUntilHeld();

        var duplicate = ledger.RecordIntentAsync(new RestartIntent(Request), default).AsTask();

        Assert.False(duplicate.IsCompleted);
        disk.Release();
        await restarted;
        Assert.IsType<IntentAnswer.AlreadyDone>(await duplicate);
    }

    [Fact]
    public async Task InMemory_KeepsEntriesWithoutADisk()
    {
        await using var ledger = EmbeddedLedger.InMemory(time);

        Assert.Equal(new IntentAnswer.Begun(1), await ledger.RecordIntentAsync(new RestartIntent(Request), default));
        Assert.IsType<IntentAnswer.InFlightElsewhere>(await ledger.RecordIntentAsync(new RestartIntent(Request), default));
        Assert.Null(ledger.Recovery);
    }

    private static EmbeddedLedgerOptions On(JournalDisk disk) => new() { Journal = new JournalOptions { Disk = disk } };
}
