using Azure.Messaging.ServiceBus;
using Mayhem.Local.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.Tests.ServiceBus;

public class MessageActionsTests : ServiceBusUnderTest
{
    private ServiceBusMessageActions Actions => new EmbeddedMessageActions(Receiver);

    [Fact]
    public async Task Complete_RemovesTheMessage()
    {
        await Actions.CompleteMessageAsync(await SentAndReceivedAsync(Message("a")));
        await NothingIsReceivedAsync(Receiver);
    }

    [Fact]
    public async Task Abandon_GivesTheMessageBackWithProperties()
    {
        await Actions.AbandonMessageAsync(await SentAndReceivedAsync(Message("a")), new Dictionary<string, object> { ["p"] = 1 });
        Assert.Equal(1, (await ReceivedAsync(Receiver)).ApplicationProperties["p"]);
    }

    [Fact]
    public async Task DeadLetter_MovesTheMessage()
    {
        await Actions.DeadLetterMessageAsync(await SentAndReceivedAsync(Message("a")), new Dictionary<string, object> { ["p"] = 1 }, "why", "because");
        var dead = await ReceivedAsync(DeadLetters);
        Assert.Equal(("why", "because", 1), (dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.ApplicationProperties["p"]));
    }

    [Fact]
    public async Task Defer_SetsTheMessageAside()
    {
        await Actions.DeferMessageAsync(await SentAndReceivedAsync(Message("a")));
        Assert.Equal(ServiceBusMessageState.Deferred, (await Receiver.PeekMessageAsync()).State);
    }

    [Fact]
    public async Task Renew_KeepsTheLock()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        Time.Advance(TimeSpan.FromSeconds(20));
        await Actions.RenewMessageLockAsync(message);
        Time.Advance(TimeSpan.FromSeconds(20));
        await Actions.CompleteMessageAsync(message);
    }

    [Fact]
    public async Task LostLock_IsAnRpcExceptionAndNotThatOfTheSdk()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        await Actions.CompleteMessageAsync(message);
        Assert.Contains("Unknown", (await Assert.ThrowsAsync<EmbeddedRpcException>(() => Actions.CompleteMessageAsync(message))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EmbeddedRpcException>(() => Actions.RenewMessageLockAsync(message));
    }
}
