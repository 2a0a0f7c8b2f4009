using Mayhem.Ledger;
using Mayhem.Restarts;
using Mayhem.Targets.Operations;
using Mayhem.Targets.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using static Mayhem.Targets.Tests.Doubles.ArmBench;

namespace Mayhem.Targets.Tests.Arm;

/// <summary>What comes of a request for a restart whose answer was lost: the whole workflow, with its ledger.</summary>
public sealed class AmbiguousIssueTests : AzureTests
{
    private readonly EmbeddedLedger ledger;

    public AmbiguousIssueTests() => ledger = EmbeddedLedger.InMemory(Azure.Time);

    public override async ValueTask DisposeAsync()
    {
        await ledger.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Run_503Then202_LooksAtTheMachineBeforeTheSecondPost()
    {
        Azure.OnPost = _ => Azure.Posts == 1 ? Error(503, "ServiceUnavailable") : Accepted;

        Assert.IsType<AmbiguousRestartException>((await FailsAsync()).Exception);
        Assert.Equal((RestartState.Interrupted, 0), (await StateAsync(), Azure.Server.Count("GET")));
        await SucceedsAsync();

        Assert.Equal(2, Azure.Posts);
        Assert.True(Azure.Time.Waited >= new OperationTimes().SettleTime);
    }

    [Fact]
    public async Task Run_SocketCutAfterThePost_AndTheMachineIsBusy_IsNotSentAgain()
    {
        Azure.OnPost = _ => null;
        Azure.OnLook = _ => Azure.Server.Count("GET") < 4 ? View("updating") : View(minutes: 1);

        await FailsAsync();
        await SucceedsAsync();

        Assert.Equal(1, Azure.Posts);
    }

    [Fact]
    public async Task Run_SocketCutAfterThePost_AndAnOperationHasEndedSince_IsNotSentAgain()
    {
        Azure.OnPost = _ => null;
        Azure.OnLook = _ => View(minutes: 1);

        await FailsAsync();
        await SucceedsAsync();

        Assert.Equal(1, Azure.Posts);
    }

    [Fact]
    public async Task Run_SocketCutAfterThePost_AndTheOperationHasFailedSince_IsSentAgainAsTheNextAttempt()
    {
        Azure.OnPost = _ => Azure.Posts == 1 ? null : Accepted;
        Azure.OnLook = _ => View("failed/InternalOperationError", minutes: 1);

        await FailsAsync();
        Assert.Contains("InternalOperationError", (await FailsAsync()).Exception.Message, StringComparison.Ordinal);
        await SucceedsAsync();

        Assert.Equal(["r-1:1", "r-1:2"], Azure.Server.Requests.Where(request => request.Method == "POST").Select(request => request.Headers["x-ms-client-request-id"]));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(null)]
    public async Task Run_SocketCutAfterThePost_AndTheMachineCannotBeLookedAt_StaysUnclear(int? status)
    {
        Azure.OnPost = _ => null;
        Azure.OnLook = _ => status is { } told ? Error(told, "Unclear") : null;

        await FailsAsync();
        Assert.True((await FailsAsync()).Exception is AmbiguousRestartException or RestartThrottledException or RestartRefusedException or HostNotFoundException);

        Assert.Equal((RestartState.Interrupted, 1), (await StateAsync(), Azure.Posts));
    }

    [Fact]
    public async Task Run_404WhilePolling_LooksAtTheMachine_AndIsNotSentAgain()
    {
        Azure.OnPoll = _ => Error(404, "NotFound");
        Azure.OnLook = _ => View(minutes: 2);

        Assert.IsType<AmbiguousRestartException>((await FailsAsync()).Exception);
        await SucceedsAsync();

        Assert.Equal(1, Azure.Posts);
    }

    [Fact]
    public async Task Run_InterruptedPolling_GoesOnAfterARedelivery_AndIsNotSentAgain()
    {
        Azure.OnPoll = _ => null;
        await FailsAsync();
        Assert.Equal(RestartState.Issued, await StateAsync());

        Azure.OnPoll = _ => Status("Succeeded");
        await SucceedsAsync();

        Assert.Equal(1, Azure.Posts);
    }

    private async Task<WorkflowOutcome.Failed> FailsAsync() => Assert.IsType<WorkflowOutcome.Failed>(await RunAsync());

    private async Task SucceedsAsync()
    {
        Assert.IsType<WorkflowOutcome.Restarted>(await RunAsync());
        Assert.Equal(RestartState.Restarted, await StateAsync());
    }

    private async Task<RestartState> StateAsync() => (await ledger.FindAsync("r-1", default))!.State;

    private async Task<WorkflowOutcome> RunAsync() => (await new RestartWorkflow(ledger, ledger, Azure.Target, Azure.Time, NullLogger<RestartWorkflow>.Instance)
        .RunAsync(new RestartIntent(Order().Request), "r-1", RestartScope.Issue, account: null, default)).Outcome;
}
