using Mayhem.FrameCapture.Recording;
using Mayhem.Testing;

namespace Mayhem.FrameCapture.Tests.Recording;

public class RateLimitTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly RateLimit limit = new();

    [Fact]
    public void TryTake_WithinASecond_GivesAsManyAsAllowedAndCountsTheRest()
    {
        var given = Enumerable.Range(0, 10).Count(_ => limit.TryTake(perSecond: 3, clock));

        Assert.Equal(3, given);
        Assert.Equal(7, limit.Refused);
    }

    [Fact]
    public void TryTake_InTheNextSecond_StartsAnew()
    {
        for (var taken = 0; taken < 4; taken++)
            limit.TryTake(perSecond: 3, clock);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limit.TryTake(perSecond: 3, clock));
        Assert.Equal(1, limit.Refused);
    }

    [Fact]
    public void TryTake_WithoutABound_AlwaysGives()
    {
        Assert.All(Enumerable.Range(0, 5_000), _ => Assert.True(limit.TryTake(perSecond: 0, clock)));
        Assert.Equal(0, limit.Refused);
    }

    [Fact]
    public void TryTake_FromManyThreads_GivesExactlyAsManyAsAllowed()
    {
        var given = 0;

        Parallel.For(0, 2_000, _ =>
        {
            if (limit.TryTake(perSecond: 100, clock))
                Interlocked.Increment(ref given);
        });

        Assert.Equal(100, given);
        Assert.Equal(1_900, limit.Refused);
    }
}
