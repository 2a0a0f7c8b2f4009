using Mayhem.Locks;

namespace Mayhem.Core.Tests.Locks;

public class RenewalTimesTests
{
    [Theory]
    [InlineData(60_000, 50_000)]
    [InlineData(20_000, 10_000)]
    [InlineData(5_000, 2_500)]
    [InlineData(400, 200)]
    [InlineData(399, 0)]
    [InlineData(0, 0)]
    public void Due_HalfOrTenSecondsBeforeTheEnd_WhicheverComesLater(int left, int due) =>
        Assert.Equal(Milliseconds(7_000 + due), RenewalTimes.Due(Milliseconds(7_000), Milliseconds(7_000 + left)));

    [Theory]
    [InlineData(0, 30_000, 20_000)]
    [InlineData(0, 300, 150)]
    [InlineData(0, 4, 10)]
    [InlineData(700, 1_000, 700)]
    public void DueAfterRenewal_ShortLockOrSlowCall_IsNeitherHastyNorLate(int tookMs, int lengthMs, int due) =>
        Assert.Equal(Milliseconds(due), RenewalTimes.DueAfterRenewal(Milliseconds(tookMs), TimeSpan.Zero, Milliseconds(lengthMs)));

    [Theory]
    [InlineData(10_000, 1_000)]
    [InlineData(2_000, 500)]
    [InlineData(80, 50)]
    public void DueAfterFailure_AQuarterOfWhatIsLeft_WithinItsBounds(int left, int pause) =>
        Assert.Equal(Milliseconds(1_000 + pause), RenewalTimes.DueAfterFailure(Milliseconds(1_000), Milliseconds(1_000 + left)));

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
