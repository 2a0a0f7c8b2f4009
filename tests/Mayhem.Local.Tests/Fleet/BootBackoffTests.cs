using Mayhem.Local.Fleet;

namespace Mayhem.Local.Tests.Fleet;

public class BootBackoffTests
{
    [Fact]
    public void After_DeathsInARow_DoublesUpToItsLimitAndForgetsAfterALongLife()
    {
        var backoff = new BootBackoff();
        Assert.Equal([0.1, 0.2, 0.4], Enumerable.Range(0, 3).Select(_ => backoff.After(TimeSpan.Zero).TotalSeconds));
        for (var death = 0; death < 20; death++)
            backoff.After(TimeSpan.FromSeconds(1));
        Assert.Equal(30, backoff.After(TimeSpan.Zero).TotalSeconds);
        Assert.Equal(0.1, backoff.After(TimeSpan.FromSeconds(10)).TotalSeconds);
        Assert.Equal(0.2, backoff.After(TimeSpan.Zero).TotalSeconds);
    }
}
