using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class TimeToLiveTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(20);

    [Fact]
    public void Expired_OnAQueueThatDrops_IsDroppedAndCounted()
    {
        var queue = new TestQueue();
        queue.Send("a", timeToLive: Life);
        queue.Time.Advance(Life);
        queue.ReceiveNothing();
        Assert.Equal(0, queue.State.Counts.DeadLettered);
        Assert.Equal(1, queue.State.Counters.ExpiredDropped);
    }

    [Fact]
    public void Expired_OnAQueueThatKeeps_IsADeadLetter()
    {
        var queue = new TestQueue(new QueueOptions { DeadLetteringOnMessageExpiration = true });
        queue.Send("a", timeToLive: Life);
        queue.Time.Advance(Life);
        queue.ReceiveNothing();
        var dead = queue.Receive(SubQueue.DeadLetter);
        Assert.Equal("TTLExpiredException", dead.DeadLetterReason);
        Assert.Null(dead.ExpiresAt);
    }

    [Fact]
    public void Locked_ExpiresOnlyWhenItsLockEnds()
    {
        var queue = new TestQueue();
        queue.Send("kept", timeToLive: Life);
        queue.Send("dropped", timeToLive: Life);
        var messages = queue.ReceiveAll();
        queue.Time.Advance(Life + TimeSpan.FromSeconds(1));
        queue.Complete(messages[0]);
        queue.Abandon(messages[1]);
        queue.ReceiveNothing();
        Assert.Equal(1, queue.State.Counters.ExpiredDropped);
    }

    [Theory]
    [InlineData(10, 20, 10)]
    [InlineData(30, 20, 20)]
    [InlineData(null, 20, 20)]
    [InlineData(10, null, 10)]
    public void TimeToLive_TheShorterCounts(int? own, int? ofTheQueue, int seconds)
    {
        var queue = new TestQueue(new QueueOptions { DefaultTimeToLive = ofTheQueue is { } limit ? TimeSpan.FromSeconds(limit) : null });
        queue.Send("a", timeToLive: own is { } life ? TimeSpan.FromSeconds(life) : null);
        Assert.Equal(queue.Now.WallClock.AddSeconds(seconds), queue.Receive().ExpiresAt);
    }

    [Fact]
    public void TimeToLive_LongerThanTime_NeverEnds()
    {
        var queue = new TestQueue();
        queue.Send("a", timeToLive: TimeSpan.MaxValue - TimeSpan.FromTicks(1));
        Assert.Null(queue.Receive().ExpiresAt);
    }
}
