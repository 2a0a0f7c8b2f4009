using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class DuplicateDetectionTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly TestQueue queue = new(new QueueOptions { DuplicateDetectionWindow = Window });

    [Fact]
    public void Duplicate_WithinTheWindow_IsDroppedSilently()
    {
        Assert.Equal(1, queue.Send("a"));
        Assert.Equal(1, queue.Send("a"));
        Assert.Single(queue.ReceiveAll());
        Assert.Equal((1, 1), (queue.State.Counters.Accepted, queue.State.Counters.DuplicatesDropped));
    }

    [Fact]
    public void Duplicate_OfACompletedMessage_IsDropped()
    {
        queue.Send("a");
        queue.Complete(queue.Receive());
        queue.Send("a");
        queue.ReceiveNothing();
    }

    [Fact]
    public void Duplicate_DoesNotProlongTheWindow()
    {
        queue.Send("a");
        queue.Time.Advance(Window / 2);
        queue.Send("a");
        queue.Time.Advance(Window / 2);
        Assert.Equal(2, queue.Send("a"));
    }

    [Fact]
    public void Duplicate_OfAScheduledMessage_CountsFromTheScheduling()
    {
        var number = queue.Schedule("a", TimeSpan.FromMinutes(1));
        Assert.Equal(number, queue.Schedule("a", TimeSpan.FromMinutes(2)));
        queue.Send("a");
        queue.ReceiveNothing();
        Assert.Equal(1, queue.State.Counts.Scheduled);
    }

    [Fact]
    public void Duplicate_WithDetectionOff_IsAMessage()
    {
        var without = new TestQueue();
        without.Send("a");
        without.Send("a");
        Assert.Equal(2, without.ReceiveAll().Count);
    }
}
