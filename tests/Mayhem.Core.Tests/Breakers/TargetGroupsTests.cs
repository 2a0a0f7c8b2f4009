using Mayhem.Breakers;
using Mayhem.Recovery;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Core.Tests.Breakers;

public class TargetGroupsTests
{
    private readonly ManualTimeProvider clock = new(Some.Now);

    [Fact]
    public void Ask_AGroupWhoseTargetNamedADelay_HoldsBackThatGroupOnlyAndSpreadsItsComeback()
    {
        var groups = Create(new BreakerOptions());
        Throttle(groups, "web-1", seconds: 30);
        clock.Advance(TimeSpan.FromSeconds(10));

        var waits = Enumerable.Range(0, 50).Select(_ => Refused(groups, "web-2")).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(26)));
        Assert.True(waits.Distinct().Count() > 40, "They all come back at once.");
        using var other = groups.Ask("db-1")!;
        Assert.Null(other.Refusal);
        clock.Advance(TimeSpan.FromSeconds(20));
        using var admitted = groups.Ask("web-2")!;
        Assert.Null(admitted.Refusal);
    }

    [Fact]
    public void Ask_ManyAtOnceAfterABreak_LetsOneTry()
    {
        var groups = Create(new BreakerOptions { MinimumThroughput = 2 });
        Fail(groups, "web-1", times: 2);
        clock.Advance(TimeSpan.FromSeconds(15));
        var admitted = 0;
        Parallel.For(0, 200, _ =>
        {
            if (groups.Ask("web-1")!.Refusal is null)
                Interlocked.Increment(ref admitted);
        });
        Assert.Equal(1, admitted);
    }

    [Fact]
    public void Dispose_AProbeThatSaidNothing_MakesRoomForTheNext()
    {
        var groups = Create(new BreakerOptions { MinimumThroughput = 2 });
        Fail(groups, "web-1", times: 2);
        clock.Advance(TimeSpan.FromSeconds(15));
        using (var probe = groups.Ask("web-1")!)
        {
            probe.End();
            probe.Report(new WorkflowOutcome.AlreadyDone(), failure: null);
        }

        using var next = groups.Ask("web-1")!;
        Assert.Null(next.Refusal);
        next.End();
        next.Report(new WorkflowOutcome.Restarted(), failure: null);
        Assert.True(Assert.Single(groups.Snapshot()).IsClear);
    }

    [Fact]
    public void Snapshot_OpenAndDelayed_TellsSinceWhenAndUntilWhen()
    {
        var groups = Create(new BreakerOptions { MinimumThroughput = 2 });
        clock.Advance(TimeSpan.FromMinutes(1));
        Fail(groups, "web-1", times: 2);
        Throttle(groups, "db-1", seconds: 30);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(
            [
                new GroupSnapshot("default", BreakerState.Closed, Some.Now, new ResultCount(1, 1), NextProbeAt: null, Some.Now.AddSeconds(90)),
                new GroupSnapshot("web", BreakerState.Open, Some.Now.AddSeconds(60), new ResultCount(2, 2), Some.Now.AddSeconds(75), DelayedUntil: null),
            ],
            groups.Snapshot());
    }

    [Fact]
    public void Ask_SwitchedOff_AdmitsEverybodyAndKnowsNothing()
    {
        var groups = Create(new BreakerOptions { Enabled = false, MinimumThroughput = 2 });
        Fail(groups, "web-1", times: 5);
        Throttle(groups, "web-1", seconds: 30);
        Assert.Null(groups.Ask("web-1"));
        Assert.Empty(groups.Snapshot());
    }

    [Fact]
    public void Ask_SharingSwitchedOff_HoldsNobodyBack()
    {
        var groups = Create(new BreakerOptions { MaxSharedDelay = TimeSpan.Zero });
        Throttle(groups, "web-1", seconds: 30);
        Assert.Null(groups.Ask("web-1")!.Refusal);
    }

    private static TimeSpan Refused(TargetGroups groups, string host)
    {
        using var admission = groups.Ask(host)!;
        return Assert.IsType<Obstacle.HeldBack>(admission.Refusal).Delay;
    }

    private static void Fail(TargetGroups groups, string host, int times)
    {
        for (var i = 0; i < times; i++)
            Report(groups, host, new RestartFailedException("no"));
    }

    private static void Throttle(TargetGroups groups, string host, int seconds) => Report(groups, host, new RestartThrottledException("slow down", TimeSpan.FromSeconds(seconds)));

    private static void Report(TargetGroups groups, string host, Exception exception)
    {
        using var admission = groups.Ask(host);
        admission?.End();
        admission?.Report(new WorkflowOutcome.Failed(exception), Some.Failure(exception));
    }

    private TargetGroups Create(BreakerOptions options) => new(
        new HostGroups(new Dictionary<string, string>(StringComparer.Ordinal) { ["web"] = "web-*" }), options, new JitterSource(new Random(7)), clock, NullLogger<TargetGroups>.Instance);
}
