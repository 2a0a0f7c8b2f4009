using Mayhem.Breakers;

namespace Mayhem.Core.Tests.Breakers;

public class SharedDelayTests
{
    private readonly SharedDelay delay = new(longest: TimeSpan.FromSeconds(60));

    [Fact]
    public void Learn_ADelay_LastsForItAndIsNewsOnce()
    {
        Assert.True(delay.Learn(Seconds(10), Seconds(5)));
        Assert.False(delay.Learn(Seconds(10), Seconds(6)));
        Assert.Equal((Seconds(10), TimeSpan.Zero), (delay.Left(Seconds(6)), delay.Left(Seconds(16))));
        Assert.True(delay.Learn(Seconds(1), Seconds(17)));
    }

    [Fact]
    public void Learn_AShorterOne_TakesNothingBack()
    {
        delay.Learn(Seconds(30), TimeSpan.Zero);
        Assert.False(delay.Learn(Seconds(1), Seconds(1)));
        Assert.Equal((Seconds(29), Seconds(30)), (delay.Left(Seconds(1)), delay.Length));
    }

    [Fact]
    public void Learn_AnAbsurdOne_IsCapped()
    {
        delay.Learn(TimeSpan.FromDays(1), Seconds(1));
        Assert.Equal(Seconds(60), delay.Left(Seconds(1)));
    }

    [Fact]
    public void Learn_None_HoldsNobodyBack()
    {
        Assert.False(delay.Learn(TimeSpan.Zero, Seconds(1)));
        Assert.Equal(TimeSpan.Zero, delay.Left(Seconds(1)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
