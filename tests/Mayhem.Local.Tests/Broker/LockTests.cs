using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class LockTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    private readonly TestQueue queue = new(new QueueOptions { MaxDeliveryCount = 5 });

    [Fact]
    public void Receive_LockedMessage_IsNotDeliveredAgain()
    {
        queue.Send("a");
        Assert.Equal(1, queue.Receive().DeliveryCount);
        queue.ReceiveNothing();
    }

    [Fact]
    public void Lock_OnItsLastTick_Holds()
    {
        queue.Send("a");
        var message = queue.Receive();
        queue.Time.Advance(queue.Options.LockDuration - Moment);
        queue.Complete(message);
    }

    [Fact]
    public void Lock_AtItsEnd_IsLost()
    {
        queue.Send("a");
        var message = queue.Receive();
        queue.Time.Advance(queue.Options.LockDuration);
        TestQueue.Refused(BrokerFailure.MessageLockLost, () => queue.Complete(message));
        Assert.Equal(1, queue.State.Counters.LockExpired);
        Assert.Equal(2, queue.Receive().DeliveryCount);
    }

    [Fact]
    public void Lock_OfAnEarlierDelivery_IsLost()
    {
        queue.Send("a");
        var first = queue.Receive();
        queue.Abandon(first);
        queue.Receive();
        TestQueue.Refused(BrokerFailure.MessageLockLost, () => queue.Complete(first));
    }

    [Fact]
    public void Lock_UnknownToken_IsLost() =>
        TestQueue.Refused(BrokerFailure.MessageLockLost, () => queue.State.Complete(new Guid("00000000-0000-0002-0000-000000000001"), queue.Now));

    [Fact]
    public void Renew_CountsFromNow()
    {
        queue.Send("a");
        var message = queue.Receive();
        queue.Time.Advance(queue.Options.LockDuration - Moment);
        Assert.Equal(queue.Time.GetUtcNow() + queue.Options.LockDuration, queue.State.Renew(message.LockToken, queue.Now));
        queue.Time.Advance(queue.Options.LockDuration - Moment);
        queue.Complete(message);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void WallClockJump_DoesNotEndNorProlongALock(int seconds)
    {
        queue.Send("a");
        var message = queue.Receive();
        queue.Time.JumpWallClock(TimeSpan.FromSeconds(seconds));
        queue.Time.Advance(queue.Options.LockDuration - Moment);
        queue.State.Renew(message.LockToken, queue.Now);
        queue.Time.Advance(queue.Options.LockDuration);
        TestQueue.Refused(BrokerFailure.MessageLockLost, () => queue.Complete(message));
    }

    [Fact]
    public void Abandoned_GoesBackToItsPlace()
    {
        queue.Send("a");
        queue.Send("b");
        queue.Send("c");
        var first = queue.Receive();
        queue.Receive();
        queue.Abandon(first, ("p", 1));
        var next = queue.Receive();
        Assert.Equal(("a", 2, 1), (next.Content.MessageId, next.DeliveryCount, next.Properties["p"]));
        Assert.Equal("c", queue.Receive().Content.MessageId);
    }

    [Fact]
    public void Abandon_ChangesNoEarlierDelivery()
    {
        queue.Send("a");
        var first = queue.Receive();
        queue.Abandon(first, ("p", 1));
        Assert.Empty(first.Properties);
    }

    [Fact]
    public void ReceiveAndDelete_NeedsNoSettling()
    {
        queue.Send("a");
        Assert.Single(queue.State.Receive(SubQueue.None, 1, ReceiveMode.ReceiveAndDelete, queue.Now));
        queue.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(queue.Peek());
        Assert.Equal(1, queue.State.Counters.Completed);
    }
}
