using Mayhem.Core.Tests.Processing;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Restarts;

public class RestartScopeTests
{
    private static readonly RestartRequest Request = new() { RequestId = "r-1", Host = "cattle-0001", Requester = "ops" };
    private readonly ManualTimeProvider time = new(Some.Now);
    private readonly ScriptedTarget target = new();
    private readonly EmbeddedLedger ledger;

    public RestartScopeTests() => ledger = EmbeddedLedger.InMemory(time);

    [Theory]
    [InlineData(RestartScope.Look)]
    [InlineData(RestartScope.Watch)]
    [InlineData(RestartScope.Find)]
    public async Task Run_NothingOnRecord_IsWithheldAndLeavesNoTrace(RestartScope scope)
    {
        Assert.IsType<WorkflowOutcome.Withheld>(await RunAsync(scope));
        Assert.Null(await ledger.FindAsync("r-1", default));
        Assert.Equal(0, target.Calls);
    }

    [Theory]
    [InlineData(RestartScope.Look)]
    [InlineData(RestartScope.Watch)]
    [InlineData(RestartScope.Find)]
    public async Task Run_CarriedOutBefore_IsToldInEveryScope(RestartScope scope)
    {
        await RunAsync(RestartScope.Issue);
        Assert.IsType<WorkflowOutcome.AlreadyDone>(await RunAsync(scope));
    }

    [Theory]
    [InlineData(RestartScope.Look, typeof(WorkflowOutcome.Withheld), 0)]
    [InlineData(RestartScope.Watch, typeof(WorkflowOutcome.Restarted), 1)]
    [InlineData(RestartScope.Find, typeof(WorkflowOutcome.Restarted), 1)]
    public async Task Run_Issued_IsWatchedToItsEndFromWatchOn(RestartScope scope, Type outcome, int watches)
    {
        await ledger.RecordIntentAsync(new RestartIntent(Request), default);
        await ledger.RecordIssuedAsync("r-1", 1, new IssuedRestart("op-1"), default);
        Assert.IsType(outcome, await RunAsync(scope));
        Assert.Equal((watches, 0), (target.Watches, target.Calls));
    }

    [Theory]
    [InlineData(RestartScope.Look)]
    [InlineData(RestartScope.Watch)]
    public async Task Run_Unclear_IsNotAskedForBelowFind(RestartScope scope)
    {
        await BecomeUnclearAsync(acted: true);
        Assert.IsType<WorkflowOutcome.Withheld>(await RunAsync(scope));
        Assert.Equal((RestartState.Interrupted, 0), ((await ledger.FindAsync("r-1", default))!.State, target.Watches));
    }

    [Fact]
    public async Task Run_UnclearAndIssuedAfterAll_IsFoundAndWatched()
    {
        await BecomeUnclearAsync(acted: true);
        Assert.IsType<WorkflowOutcome.Restarted>(await RunAsync(RestartScope.Find));
        Assert.Equal((1, 1, 1), (target.Restarts, target.Calls, target.Watches));
    }

    [Fact]
    public async Task Run_UnclearAndNotIssued_IsWithheldAndMayBeIssuedLater()
    {
        await BecomeUnclearAsync(acted: false);
        Assert.IsType<WorkflowOutcome.Withheld>(await RunAsync(RestartScope.Find));
        Assert.Equal((RestartState.Failed, 0), ((await ledger.FindAsync("r-1", default))!.State, target.Restarts));
        Assert.IsType<WorkflowOutcome.Restarted>(await RunAsync(RestartScope.Issue));
    }

    [Fact]
    public async Task Run_UnclearAndTheTargetThrottlesTheQuestion_StaysUnclear()
    {
        await BecomeUnclearAsync(acted: true);
        target.CannotTell(new RestartThrottledException("slow down", TimeSpan.FromMinutes(1)));
        Assert.IsType<WorkflowOutcome.Failed>(await RunAsync(RestartScope.Issue));
        Assert.Equal(RestartState.Interrupted, (await ledger.FindAsync("r-1", default))!.State);

        Assert.IsType<WorkflowOutcome.Restarted>(await RunAsync(RestartScope.Issue));
        Assert.Equal(1, target.Restarts);
    }

    [Fact]
    public async Task Run_ALedgerThatCannotBeRead_IsAFailureOfItsOwn()
    {
        var workflow = Workflow(new UnreadableLedger());
        var failed = Assert.IsType<WorkflowOutcome.Failed>((await workflow.RunAsync(new RestartIntent(Request), "r-1", RestartScope.Look, account: null, default)).Outcome);
        Assert.IsType<LedgerNotReadException>(failed.Exception);
    }

    private async Task BecomeUnclearAsync(bool acted)
    {
        target.Fail(() => new AmbiguousRestartException("connection lost"), acted);
        Assert.IsType<WorkflowOutcome.Failed>(await RunAsync(RestartScope.Issue));
    }

    private async Task<WorkflowOutcome> RunAsync(RestartScope scope) => (await Workflow(ledger).RunAsync(new RestartIntent(Request), "r-1", scope, account: null, default)).Outcome;

    private RestartWorkflow Workflow(ILedger asked) => new(asked, ledger, target, time, NullLogger<RestartWorkflow>.Instance);
}
