using FsCheck;
using FsCheck.Fluent;
using Mayhem.Failures;

namespace Mayhem.Core.Tests.Failures;

public class BackoffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(7, 60)]
    [InlineData(5000, 60)]
    public void Exponential_WithoutJitter_DoublesUpToTheCap(int failures, double seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), Backoff.Exponential(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(60), jitter: 0, failures, random: 0.5));

    [Fact]
    public void Exponential_WithJitter_SpreadsAroundThePlainDelay()
    {
        static TimeSpan At(double random) => Backoff.Exponential(TimeSpan.FromSeconds(10), 1, TimeSpan.FromMinutes(5), jitter: 0.2, failures: 1, random);
        Assert.Equal((8.0, 10.0, 12.0), (At(0).TotalSeconds, At(0.5).TotalSeconds, At(1).TotalSeconds));
    }

    [Fact]
    public void Exponential_Whatever_StaysBetweenZeroAndTheCap()
    {
        var cases = from first in Gen.Choose(0, 86_400) from factor in Gen.Choose(1, 100) from cap in Gen.Choose(0, 86_400)
                    from jitter in Gen.Choose(0, 100) from failures in Gen.Choose(-5, 2_000) from random in Gen.Choose(0, 1000)
                    select (first, factor, cap, jitter, failures, random);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var cap = TimeSpan.FromSeconds(c.cap);
            var delay = Backoff.Exponential(TimeSpan.FromSeconds(c.first), c.factor, cap, c.jitter / 100.0, c.failures, c.random / 1000.0);
            return delay >= TimeSpan.Zero && delay <= cap;
        }));
    }
}
