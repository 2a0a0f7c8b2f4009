using Azure.Messaging.ServiceBus;
using Mayhem.Local.ServiceBus;

namespace Mayhem.Local.Tests.ServiceBus;

public class SessionActionsTests : ServiceBusUnderTest
{
    [Fact]
    public async Task Renew_KeepsTheSessionAndTellsUntilWhen()
    {
        var (session, actions) = await AcceptedAsync();
        var message = await ReceivedAsync(session);
        Time.Advance(TimeSpan.FromSeconds(20));
        await actions.RenewSessionLockAsync();
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromSeconds(30), actions.SessionLockedUntil);
        Time.Advance(TimeSpan.FromSeconds(20));
        await new EmbeddedMessageActions(session).CompleteMessageAsync(message);
    }

    [Fact]
    public async Task State_IsLeftForTheNextReceiver()
    {
        var (session, actions) = await AcceptedAsync();
        Assert.Empty((await actions.GetSessionStateAsync()).ToArray());
        await actions.SetSessionStateAsync(BinaryData.FromString("left"));
        await session.CloseAsync();
        Assert.Equal("left", (await new EmbeddedSessionActions(await Client.AcceptSessionAsync(SessionQueue, "one")).GetSessionStateAsync()).ToString());
    }

    [Fact]
    public async Task LostLock_IsAnRpcExceptionAndNotThatOfTheSdk()
    {
        var (_, actions) = await AcceptedAsync();
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("SessionLockLost", (await Assert.ThrowsAsync<EmbeddedRpcException>(() => actions.RenewSessionLockAsync())).ToString(), StringComparison.Ordinal);
    }

    private async Task<(ServiceBusSessionReceiver Session, EmbeddedSessionActions Actions)> AcceptedAsync()
    {
        await Client.CreateSender(SessionQueue).SendMessageAsync(new ServiceBusMessage("body") { MessageId = "a", SessionId = "one" });
        var session = await Client.AcceptNextSessionAsync(SessionQueue);
        return (session, new EmbeddedSessionActions(session));
    }
}
