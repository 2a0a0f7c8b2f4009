using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.Tests.ServiceBus;

public class SessionReceiverTests : ServiceBusUnderTest
{
    [Fact]
    public async Task AcceptNextSession_LocksTheOldestAndReceivesInOrder()
    {
        await SendAsync("one", "a");
        await SendAsync("two", "x");
        await SendAsync("one", "b");
        var session = await Client.AcceptNextSessionAsync(SessionQueue);
        Assert.Equal("one", session.SessionId);
        Assert.Equal(["a", "b"], (await session.ReceiveMessagesAsync(10)).Select(message => message.MessageId));
        Assert.Equal("two", (await Client.AcceptNextSessionAsync(SessionQueue)).SessionId);
    }

    [Fact]
    public async Task AcceptNextSession_NoneHasMessages_TimesOut()
    {
        var accepting = Client.AcceptNextSessionAsync(SessionQueue);
        Time.Advance(TimeSpan.FromMinutes(1));
        await RefusedAsync(ServiceBusFailureReason.ServiceTimeout, () => accepting);
    }

    [Fact]
    public async Task AcceptSession_HeldByAnother_IsRefusedUntilItIsClosed()
    {
        var first = await Client.AcceptSessionAsync(SessionQueue, "one");
        await RefusedAsync(ServiceBusFailureReason.SessionCannotBeLocked, () => Client.AcceptSessionAsync(SessionQueue, "one"));
        await first.CloseAsync();
        Assert.True(first.IsClosed);
        Assert.Equal("one", (await Client.AcceptSessionAsync(SessionQueue, "one")).SessionId);
    }

    [Fact]
    public async Task Close_GivesBackWhatWasNotSettled()
    {
        await SendAsync("one", "a");
        var session = await Client.AcceptNextSessionAsync(SessionQueue);
        await ReceivedAsync(session);
        await session.DisposeAsync();
        Assert.Equal(2, (await ReceivedAsync(await Client.AcceptNextSessionAsync(SessionQueue))).DeliveryCount);
    }

    [Fact]
    public async Task SessionLock_RenewedInTime_Holds()
    {
        await SendAsync("one", "a");
        var session = await Client.AcceptNextSessionAsync(SessionQueue);
        var message = await ReceivedAsync(session);
        Time.Advance(TimeSpan.FromSeconds(20));
        await session.RenewSessionLockAsync();
        Assert.Equal(Time.GetUtcNow().AddSeconds(30), session.SessionLockedUntil);
        Time.Advance(TimeSpan.FromSeconds(20));
        await session.CompleteMessageAsync(message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.RenewMessageLockAsync(message));
    }

    [Fact]
    public async Task SessionLock_RunOut_RefusesEverything()
    {
        await SendAsync("one", "a");
        var session = await Client.AcceptNextSessionAsync(SessionQueue);
        var message = await ReceivedAsync(session);
        Time.Advance(TimeSpan.FromSeconds(30));
        await RefusedAsync(ServiceBusFailureReason.SessionLockLost, () => session.CompleteMessageAsync(message));
        await RefusedAsync(ServiceBusFailureReason.SessionLockLost, () => session.ReceiveMessageAsync());
        await RefusedAsync(ServiceBusFailureReason.SessionLockLost, () => session.RenewSessionLockAsync());
    }

    [Fact]
    public async Task SessionState_IsKeptForTheNextReceiver()
    {
        var session = await Client.AcceptSessionAsync(SessionQueue, "one");
        Assert.Null(await session.GetSessionStateAsync());
        await session.SetSessionStateAsync(new BinaryData("left"));
        await session.CloseAsync();
        session = await Client.AcceptSessionAsync(SessionQueue, "one");
        Assert.Equal("left", (await session.GetSessionStateAsync()).ToString());
    }

    [Fact]
    public async Task SessionState_SetToNull_IsTakenAway()
    {
        var session = await Client.AcceptSessionAsync(SessionQueue, "one");
        await session.SetSessionStateAsync(new BinaryData("left"));
        await session.SetSessionStateAsync(null!);
        Assert.Null(await session.GetSessionStateAsync());
    }

    [Fact]
    public Task Receive_WithoutASession_IsRefused() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => Client.CreateReceiver(SessionQueue).ReceiveMessageAsync());

    [Fact]
    public Task AcceptSession_OnAQueueWithout_IsRefused() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => Client.AcceptSessionAsync(Queue, "one"));

    private Task SendAsync(string session, string id) =>
        Client.CreateSender(SessionQueue).SendMessageAsync(new ServiceBusMessage(id) { MessageId = id, SessionId = session });
}
