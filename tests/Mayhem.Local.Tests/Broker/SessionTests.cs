using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class SessionTests
{
    private readonly TestQueue queue = new(new QueueOptions { RequiresSession = true, MaxDeliveryCount = 2 });

    [Fact]
    public void Session_LockedByOne_IsNotGivenToAnother()
    {
        queue.Send("a", "s");
        Assert.NotNull(queue.State.AcceptNextSession(queue.Now));
        Assert.Null(queue.State.AcceptNextSession(queue.Now));
        TestQueue.Refused(BrokerFailure.SessionCannotBeLocked, () => queue.State.AcceptSession("s", queue.Now));
    }

    [Fact]
    public void NextSession_IsTheOneWhoseFirstMessageIsOldest()
    {
        queue.Send("a", "first");
        queue.Send("b", "second");
        queue.Send("c", "first");
        var first = queue.State.AcceptNextSession(queue.Now)!;
        Assert.Equal("first", first.SessionId);
        queue.State.Complete(Receive(first)[0].LockToken, queue.Now);
        queue.State.ReleaseSession(first.LockToken, queue.Now);
        Assert.Equal("second", queue.State.AcceptNextSession(queue.Now)!.SessionId);
    }

    [Fact]
    public void Session_AbandonedMessage_ComesAgainBeforeThoseAfterIt()
    {
        queue.Send("a", "s");
        queue.Send("b", "s");
        var session = queue.State.AcceptSession("s", queue.Now);
        queue.Abandon(Receive(session, 1)[0]);
        Assert.Equal(["a", "b"], Receive(session).Select(message => message.Content.MessageId));
    }

    [Fact]
    public void SessionLock_AtItsEnd_GivesItsMessagesBack()
    {
        queue.Send("a", "s");
        var session = queue.State.AcceptNextSession(queue.Now)!;
        var message = Receive(session)[0];
        queue.Time.Advance(queue.Options.LockDuration);
        TestQueue.Refused(BrokerFailure.SessionLockLost, () => queue.Complete(message));
        TestQueue.Refused(BrokerFailure.SessionLockLost, () => Receive(session));
        Assert.Equal(2, Receive(queue.State.AcceptNextSession(queue.Now)!)[0].DeliveryCount);
    }

    [Fact]
    public void SessionLock_Renewed_KeepsItsMessages()
    {
        queue.Send("a", "s");
        var session = queue.State.AcceptNextSession(queue.Now)!;
        var message = Receive(session)[0];
        queue.Time.Advance(queue.Options.LockDuration / 2);
        queue.State.RenewSession(session.LockToken, queue.Now);
        queue.Time.Advance(queue.Options.LockDuration / 2);
        queue.Complete(message);
        TestQueue.Refused(BrokerFailure.NotPermitted, () =>
        {
            queue.Send("b", "s");
            queue.State.Renew(Receive(session)[0].LockToken, queue.Now);
        });
    }

    [Fact]
    public void DeadLetters_OfAQueueWithSessions_AreReceivedWithoutOne()
    {
        queue.Send("a", "s");
        queue.DeadLetter(Receive(queue.State.AcceptNextSession(queue.Now)!)[0]);
        Assert.Equal("s", queue.Receive(SubQueue.DeadLetter).Content.SessionId);
    }

    [Fact]
    public void Deferred_OfAnotherSession_IsNotFound()
    {
        queue.Send("a", "s");
        var session = queue.State.AcceptSession("s", queue.Now);
        queue.Defer(Receive(session)[0]);
        var other = queue.State.AcceptSession("other", queue.Now);
        TestQueue.Refused(BrokerFailure.MessageNotFound, () => queue.State.ReceiveDeferred(SubQueue.None, [1], other.LockToken, ReceiveMode.PeekLock, queue.Now));
        Assert.Single(queue.State.ReceiveDeferred(SubQueue.None, [1], session.LockToken, ReceiveMode.PeekLock, queue.Now));
    }

    [Fact]
    public void Message_WithoutSession_IsRefused() => TestQueue.Refused(BrokerFailure.NotPermitted, () => queue.Send("a"));

    [Fact]
    public void Receive_WithoutSession_IsRefused() => TestQueue.Refused(BrokerFailure.NotPermitted, () => queue.ReceiveAll());

    private IReadOnlyList<BrokeredMessage> Receive(SessionLock session, int max = 10) =>
        queue.State.ReceiveFromSession(session.LockToken, max, ReceiveMode.PeekLock, queue.Now);
}
