using Mayhem.Observation;

namespace Mayhem.Core.Tests.Observation;

public sealed class HandlingTimesTests
{
    private readonly HandlingTimes times = new();

    [Theory]
    [InlineData(0.001)]
    [InlineData(3)]
    [InlineData(250)]
    [InlineData(61_000)]
    [InlineData(3_600_000)]
    public void Quantile_OneTime_IsItWithinAFifth(double milliseconds)
    {
        times.Add(TimeSpan.FromMilliseconds(milliseconds));

        var median = times.Counts().Quantile(0.5)!.Value.TotalMilliseconds;

        Assert.InRange(median, milliseconds * 0.9999, Math.Max(0.25, milliseconds * 1.2));
    }

    [Fact]
    public void Quantile_ManyTimes_SplitsThemByTheShare()
    {
        for (var count = 0; count < 95; count++)
            times.Add(TimeSpan.FromMilliseconds(10));
        for (var count = 0; count < 5; count++)
            times.Add(TimeSpan.FromSeconds(8));

        var counts = times.Counts();

        Assert.InRange(counts.Quantile(0.95)!.Value.TotalMilliseconds, 10, 12);
        Assert.InRange(counts.Quantile(0.96)!.Value.TotalSeconds, 8, 9.6);
        Assert.Equal(100, counts.Total);
    }

    [Fact]
    public void Since_AnEarlierMoment_CountsOnlyWhatCameAfter()
    {
        times.Add(TimeSpan.FromSeconds(30));
        var before = times.Counts();
        times.Add(TimeSpan.FromMilliseconds(1));

        var lately = times.Counts().Since(before);

        Assert.Equal(1, lately.Total);
        Assert.True(lately.Quantile(1) < TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void Quantile_LongerThanAnyBucket_CountsInTheLast()
    {
        times.Add(TimeSpan.FromDays(3));

        Assert.True(times.Counts().Quantile(1) > TimeSpan.FromHours(4));
        Assert.Null(new HandlingTimes().Counts().Quantile(0.5));
    }
}
