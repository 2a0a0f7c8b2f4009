using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class SchedulingTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    private readonly TestQueue queue = new();

    [Fact]
    public void Scheduled_BecomesActiveWhenDue_UnderANewNumber()
    {
        Assert.Equal(1, queue.Schedule("a", Delay));
        queue.Send("b");
        queue.Time.Advance(Delay - TimeSpan.FromTicks(1));
        Assert.Equal("b", queue.Receive().Content.MessageId);
        queue.ReceiveNothing();
        queue.Time.Advance(TimeSpan.FromTicks(1));
        var message = queue.Receive();
        Assert.Equal((3L, queue.Time.GetUtcNow()), (message.SequenceNumber, message.EnqueuedAt));
    }

    [Fact]
    public void Scheduled_ForThePast_IsActiveAtOnce()
    {
        queue.Schedule("a", -Delay);
        Assert.Equal(1, queue.Receive().SequenceNumber);
    }

    [Fact]
    public void Scheduled_Several_BecomeActiveInTheOrderOfTheirTimes()
    {
        queue.Schedule("late", 2 * Delay);
        queue.Schedule("early", Delay);
        queue.Time.Advance(3 * Delay);
        Assert.Equal(["early", "late"], queue.ReceiveAll().Select(message => message.Content.MessageId));
    }

    [Fact]
    public void Scheduled_LivesFromTheTimeItIsDue()
    {
        queue.State.Send(TestQueue.Content("a", timeToLive: Delay, scheduledFor: queue.Now.WallClock + Delay), queue.Now);
        queue.Time.Advance(Delay);
        Assert.Equal(queue.Time.GetUtcNow() + Delay, queue.Receive().ExpiresAt);
    }

    [Fact]
    public void Cancelled_NeverBecomesActive()
    {
        var number = queue.Schedule("a", Delay);
        queue.State.Cancel([number], queue.Now);
        queue.Time.Advance(Delay);
        queue.ReceiveNothing();
        Assert.Equal(1, queue.State.Counters.Cancelled);
    }

    [Fact]
    public void Cancel_DueOrUnknown_IsRefusedAndCancelsNone()
    {
        var due = queue.Schedule("due", Delay);
        var ahead = queue.Schedule("ahead", 2 * Delay);
        queue.Time.Advance(Delay);
        TestQueue.Refused(BrokerFailure.MessageNotFound, () => queue.State.Cancel([ahead, due], queue.Now));
        Assert.Equal(1, queue.State.Counts.Scheduled);
    }
}
