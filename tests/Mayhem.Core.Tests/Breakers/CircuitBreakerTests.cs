using Mayhem.Breakers;

namespace Mayhem.Core.Tests.Breakers;

public class CircuitBreakerTests
{
    private static readonly BreakerOptions Options = new()
    {
        MinimumThroughput = 4, Window = TimeSpan.FromSeconds(10), BreakDuration = TimeSpan.FromSeconds(8), MaxBreakDuration = TimeSpan.FromSeconds(20), ProbeLimit = TimeSpan.FromSeconds(60),
    };

    private readonly CircuitBreaker breaker = new(Options);

    [Fact]
    public void Fail_EnoughOfEnough_OpensForTheFirstBreak()
    {
        Results(0, good: 2, bad: 1);
        Assert.Equal(BreakerState.Closed, breaker.State);
        Results(0, good: 0, bad: 1);
        Assert.Equal((BreakerState.Open, Seconds(8), new ResultCount(2, 4)), (breaker.State, breaker.NextProbeAt, breaker.Results(Seconds(5))));
        Assert.Null(breaker.Ask(Seconds(7.9)));
        Assert.Equal(Seconds(1), breaker.AskAgainAfter(Seconds(7)));
    }

    [Fact]
    public void Fail_TooFewAttempts_StaysClosed()
    {
        Results(0, good: 0, bad: 3);
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void Fail_TooFewOfThem_StaysClosed()
    {
        Results(0, good: 60, bad: 40);
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void Fail_OlderThanTheWindow_CountNoMore()
    {
        Results(0, good: 0, bad: 3);
        Results(10, good: 0, bad: 3);
        Assert.Equal((BreakerState.Closed, new ResultCount(3, 3)), (breaker.State, breaker.Results(Seconds(10))));
    }

    [Fact]
    public void Ask_AfterTheBreak_LetsOneTryAndNoOther()
    {
        Open();
        var probe = breaker.Ask(Seconds(8));
        Assert.True(probe!.Value.IsProbe);
        Assert.Equal(BreakerState.HalfOpen, breaker.State);
        Assert.Null(breaker.Ask(Seconds(9)));
        Assert.Equal(Options.BreakDuration, breaker.AskAgainAfter(Seconds(9)));
    }

    [Fact]
    public void Succeed_OfTheProbe_ClosesWithAnEmptyWindow()
    {
        Open();
        breaker.Succeed(breaker.Ask(Seconds(8))!.Value, Seconds(9));
        Assert.Equal((BreakerState.Closed, new ResultCount(0, 0), null), (breaker.State, breaker.Results(Seconds(9)), breaker.NextProbeAt));
        Assert.False(breaker.Ask(Seconds(9))!.Value.IsProbe);
    }

    [Fact]
    public void Fail_OfEachProbe_DoublesTheBreakUpToItsCap()
    {
        Open();
        var now = TimeSpan.Zero;
        foreach (var expected in new[] { 8, 16, 20, 20 })
        {
            Assert.Equal(Seconds(expected), breaker.Break);
            now = breaker.NextProbeAt!.Value;
            breaker.Fail(breaker.Ask(now)!.Value, now);
        }

        breaker.Succeed(breaker.Ask(breaker.NextProbeAt!.Value)!.Value, now);
        Results(500, good: 0, bad: 4);
        Assert.Equal(Seconds(8), breaker.Break);
    }

    [Fact]
    public void GiveBack_OfTheProbe_LetsTheNextOneTryAtOnce()
    {
        Open();
        breaker.GiveBack(breaker.Ask(Seconds(8))!.Value);
        Assert.True(breaker.Ask(Seconds(8))!.Value.IsProbe);
    }

    [Fact]
    public void Ask_ProbeThatNeverEnds_IsReplacedAfterItsLimitAndSaysNothingAnyMore()
    {
        Open();
        var lost = breaker.Ask(Seconds(8))!.Value;
        Assert.Null(breaker.Ask(Seconds(67.9)));
        var second = breaker.Ask(Seconds(68))!.Value;
        breaker.Succeed(lost, Seconds(69));
        breaker.GiveBack(lost);
        Assert.Equal((BreakerState.HalfOpen, true), (breaker.State, breaker.IsProbing));
        breaker.Fail(second, Seconds(70));
        Assert.Equal(BreakerState.Open, breaker.State);
    }

    [Fact]
    public void Report_OfAttemptsThatBeganBeforeItOpened_MeansNothing()
    {
        var early = Enumerable.Range(0, 3).Select(_ => breaker.Ask(TimeSpan.Zero)!.Value).ToArray();
        Open();
        breaker.Succeed(early[0], Seconds(1));
        breaker.Fail(early[1], Seconds(9));
        Assert.Equal((BreakerState.Open, Seconds(8)), (breaker.State, breaker.NextProbeAt));
        breaker.Succeed(breaker.Ask(Seconds(9))!.Value, Seconds(10));
        breaker.Fail(early[2], Seconds(10));
        Assert.Equal(new ResultCount(0, 0), breaker.Results(Seconds(10)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Open() => Results(0, good: 0, bad: 4);

    private void Results(double at, int good, int bad)
    {
        for (var i = 0; i < good; i++)
            breaker.Succeed(breaker.Ask(Seconds(at))!.Value, Seconds(at));
        for (var i = 0; i < bad; i++)
            breaker.Fail(breaker.Ask(Seconds(at))!.Value, Seconds(at));
    }
}
