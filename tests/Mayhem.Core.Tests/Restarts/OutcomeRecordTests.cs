using Mayhem.Core.Tests.Journal;
using Mayhem.Core.Tests.Processing;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Restarts;

public sealed class OutcomeRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ScriptedTarget target = new();
    private readonly RestartRequest request = new() { RequestId = "r-1", Host = "cattle-0001", Requester = "ops" };

    [Fact]
    public async Task Run_NothingAfterTheIntentCanBeRecorded_FailsAndTheNextProcessFindsTheRestart()
    {
        var disk = new BreakingDisk();
        target.Acted = () => Break(disk);
        var failed = Assert.IsType<WorkflowOutcome.Failed>(await RunAsync(disk));
        Assert.IsType<OutcomeNotRecordedException>(failed.Exception);

        target.Acted = () => { };
        Assert.IsType<WorkflowOutcome.Restarted>(await RunAsync(new BreakingDisk()));
        Assert.Equal(1, target.Restarts);
    }

    [Fact]
    public async Task Run_OnlyTheOutcomeCannotBeRecorded_IsTolerated()
    {
        var disk = new BreakingDisk();
        target.Watch = _ =>
        {
            Break(disk);
            return Task.CompletedTask;
        };
        Assert.IsType<WorkflowOutcome.Restarted>(await RunAsync(disk));
    }

    public void Dispose() => folder.Dispose();

    private static void Break(BreakingDisk disk) => disk.Before = _ => throw new IOException("No space left on device.");

    private async Task<WorkflowOutcome> RunAsync(BreakingDisk disk)
    {
        var time = new ManualTimeProvider(Some.Now);
        await using var ledger = await EmbeddedLedger.OpenAsync(
            folder["ledger"], new EmbeddedLedgerOptions { Journal = new JournalOptions { Disk = disk } }, time, NullLogger<EmbeddedLedger>.Instance);
        var workflow = new RestartWorkflow(ledger, ledger, target, time, NullLogger<RestartWorkflow>.Instance);
        return (await workflow.RunAsync(new RestartIntent(request), "r-1", RestartScope.Issue, account: null, CancellationToken.None)).Outcome;
    }
}
