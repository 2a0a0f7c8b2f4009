using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class DeadLetterTests
{
    private readonly TestQueue queue = new(new QueueOptions { MaxDeliveryCount = 2 });

    [Fact]
    public void DeadLetter_KeepsNumberAndContent_AndSaysWhy()
    {
        queue.Send("a");
        queue.DeadLetter(queue.Receive(), "why", "because");
        queue.ReceiveNothing();
        var dead = queue.Receive(SubQueue.DeadLetter);
        Assert.Equal(
            (1L, "a", 2, TestQueue.Name, "why", "why", "because"),
            (dead.SequenceNumber, dead.Content.MessageId, dead.DeliveryCount, dead.DeadLetterSource, dead.DeadLetterReason,
                dead.Properties["DeadLetterReason"], dead.Properties["DeadLetterErrorDescription"]));
    }

    [Fact]
    public void DeadLetter_OfADeadLetter_IsRefused()
    {
        queue.Send("a");
        queue.DeadLetter(queue.Receive());
        var dead = queue.Receive(SubQueue.DeadLetter);
        TestQueue.Refused(BrokerFailure.NotPermitted, () => queue.DeadLetter(dead));
        queue.Complete(dead);
        Assert.Empty(queue.Peek(SubQueue.DeadLetter));
    }

    [Fact]
    public void LastDelivery_Abandoned_IsDeadLettered()
    {
        queue.Send("a");
        queue.Abandon(queue.Receive());
        queue.Abandon(queue.Receive(), ("p", 1));
        var dead = queue.Receive(SubQueue.DeadLetter);
        Assert.Equal(("MaxDeliveryCountExceeded", 1), (dead.DeadLetterReason, dead.Properties["p"]));
        Assert.Equal(1, queue.State.Counters.DeadLettered["MaxDeliveryCountExceeded"]);
    }

    [Fact]
    public void LastDelivery_LockRunOut_IsDeadLettered()
    {
        queue.Send("a");
        queue.Abandon(queue.Receive());
        queue.Receive();
        queue.Time.Advance(queue.Options.LockDuration);
        queue.ReceiveNothing();
        Assert.Equal(1, queue.State.Counts.DeadLettered);
    }

    [Fact]
    public void DeadLetters_AreDeliveredForEver()
    {
        queue.Send("a");
        queue.DeadLetter(queue.Receive());
        for (var delivery = 2; delivery < 10; delivery++)
        {
            var dead = queue.Receive(SubQueue.DeadLetter);
            Assert.Equal(delivery, dead.DeliveryCount);
            queue.Abandon(dead);
        }
    }

    [Fact]
    public void Deferred_LockRunOut_IsDeferredStill()
    {
        queue.Send("a");
        var message = queue.Receive();
        queue.Defer(message);
        queue.ReceiveNothing();
        var patient = new TestQueue();
        patient.Send("a");
        patient.Defer(patient.Receive());
        Assert.Equal(2, Assert.Single(patient.State.ReceiveDeferred(SubQueue.None, [1], null, ReceiveMode.PeekLock, patient.Now)).DeliveryCount);
        patient.Time.Advance(patient.Options.LockDuration);
        patient.ReceiveNothing();
        Assert.Equal(1, patient.State.Counts.Deferred);
    }

    [Fact]
    public void ManyDeadLetters_AreListedPageByPage()
    {
        const int Many = 100_000;
        for (var i = 0; i < Many; i++)
            queue.Send($"m{i}");
        foreach (var message in queue.ReceiveAll())
            queue.DeadLetter(message);
        var seen = 0;
        for (var from = 0L; queue.State.Peek(SubQueue.DeadLetter, from, 1000, sessionId: null, queue.Now) is { Count: > 0 } page; from = page[^1].SequenceNumber + 1)
            seen += page.Count;
        Assert.Equal(Many, seen);
        Assert.Equal(Many, queue.State.Counts.DeadLettered);
    }
}
