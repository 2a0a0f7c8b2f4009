using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class PeekTests
{
    private readonly TestQueue queue = new();

    [Fact]
    public void Peek_ShowsEveryStateInOrder_AndLocksNothing()
    {
        queue.Send("locked");
        queue.Send("deferred");
        queue.Send("active");
        queue.Schedule("scheduled", TimeSpan.FromHours(1));
        queue.Receive();
        queue.Defer(queue.Receive());
        var peeked = queue.State.Peek(SubQueue.None, 0, 10, sessionId: null, queue.Now);
        Assert.Equal([MessageState.Locked, MessageState.Deferred, MessageState.Active, MessageState.Scheduled], peeked.Select(message => message.State));
        Assert.All(peeked, message => Assert.Equal(Guid.Empty, message.LockToken));
        Assert.Equal("active", queue.Receive().Content.MessageId);
    }

    [Fact]
    public void Peek_FromANumberAcrossGaps_GoesOnThere()
    {
        for (var i = 0; i < 1000; i++)
            queue.Send($"m{i}");
        foreach (var message in queue.ReceiveAll().Where(message => message.SequenceNumber % 300 != 0))
            queue.Complete(message);
        Assert.Equal([300, 600, 900], queue.State.Peek(SubQueue.None, 2, 10, sessionId: null, queue.Now).Select(message => message.SequenceNumber));
        Assert.Equal([600, 900], queue.State.Peek(SubQueue.None, 301, 10, sessionId: null, queue.Now).Select(message => message.SequenceNumber));
        Assert.Equal([600], queue.State.Peek(SubQueue.None, 600, 1, sessionId: null, queue.Now).Select(message => message.SequenceNumber));
    }

    [Fact]
    public void Peek_OfASession_ShowsItsMessagesOnly()
    {
        queue.Send("a", session: "one");
        queue.Send("b", session: "two");
        Assert.Equal("b", Assert.Single(queue.State.Peek(SubQueue.None, 0, 10, "two", queue.Now)).Content.MessageId);
    }
}
