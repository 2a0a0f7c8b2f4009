using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Processing;

/// <summary>What was carried out is completed, whatever stands in the way of carrying it out again.</summary>
public sealed class ObstacleTests : IDisposable
{
    private static readonly string SoonStale = Some.Body(more: ""","notAfter":"2026-11-20T12:00:10Z" """);

    private readonly ProcessorBench bench = new();

    [Fact]
    public async Task Stale_CarriedOutInTime_Completes()
    {
        await bench.RunAsync(Some.Delivery(body: SoonStale));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new Verdict.Complete("carried out before"), (await bench.RunAsync(Some.Delivery("again", body: SoonStale))).Verdict);
    }

    [Fact]
    public async Task Stale_IssuedInTime_IsWatchedToItsEnd()
    {
        await IssueAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.RunAsync(Some.Delivery(body: SoonStale))).Verdict);
        Assert.Equal((0, 1), (bench.Target.Calls, bench.Target.Watches));
    }

    [Fact]
    public async Task Stale_IssuedInTimeButFailed_IsNotIssuedAgain()
    {
        await IssueAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        bench.Target.Watch = _ => throw new RestartFailedException("it did not come up");
        await bench.RunAsync(Some.Delivery(body: SoonStale));
        Assert.Equal(("Stale", 0), (Assert.Single(bench.Queue.DeadLetters).Reason, bench.Target.Calls));
    }

    [Fact]
    public async Task Stale_BetweenTwoAttempts_IsNotTriedAgain()
    {
        bench.Target.Fail(() => throw new RestartThrottledException("slow down", TimeSpan.FromSeconds(12)));
        await bench.RunAsync(Some.Delivery(body: SoonStale));
        Assert.Equal(("Stale", 1), (Assert.Single(bench.Queue.DeadLetters).Reason, bench.Target.Calls));
    }

    [Fact]
    public async Task HostCrash_CarriedOutBefore_Completes()
    {
        await bench.RunAsync();
        Die(times: 3, messageId: "again");
        await bench.Ledger.RecordTrialAsync("again#7", outlived: false, default);
        Assert.Equal(new Verdict.Complete("carried out before"), (await bench.ProcessNextAsync())!.Verdict);
    }

    [Fact]
    public async Task HostCrash_Issued_IsNotWatchedAgain()
    {
        await IssueAsync();
        Die(times: 3);
        await bench.Ledger.RecordTrialAsync("r-1#7", outlived: false, default);
        Assert.Equal("HostCrash", Assert.IsType<Verdict.DeadLetter>((await bench.ProcessNextAsync())!.Verdict).Reason);
        Assert.Equal(0, bench.Target.Watches);
    }

    [Fact]
    public async Task HostCrash_BodyThatIsNoRequest_IsPoison()
    {
        Die(times: 3, body: "no request");
        Assert.Equal("Poison", Assert.IsType<Verdict.DeadLetter>((await bench.ProcessNextAsync())!.Verdict).Reason);
    }

    public void Dispose() => bench.Dispose();

    private async Task IssueAsync()
    {
        await bench.Ledger.RecordIntentAsync(new RestartIntent(new RestartRequest { RequestId = "r-1", Host = "cattle-0001", Requester = "ops" }), default);
        await bench.Ledger.RecordIssuedAsync("r-1", 1, new IssuedRestart("op-1"), default);
    }

    // A delivery that is received and then heard of no more is what a dead process leaves behind.
    private void Die(int times, string messageId = "r-1", string? body = null)
    {
        bench.Queue.Send(Some.Delivery(messageId, body: body) with { EnqueuedAt = bench.Clock.GetUtcNow() });
        for (var death = 0; death < times; death++)
            Assert.NotNull(bench.Queue.Receive());
    }
}
