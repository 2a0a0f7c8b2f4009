using System.Runtime.Serialization;
using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.Tests.ServiceBus;

public class SenderTests : ServiceBusUnderTest
{
    [Fact]
    public async Task Send_EveryField_ArrivesAsItWasSent()
    {
        var received = await SentAndReceivedAsync(new ServiceBusMessage("body")
        {
            MessageId = "m", SessionId = "s", PartitionKey = "s", CorrelationId = "c", Subject = "j", ContentType = "application/json", To = "t", ReplyTo = "r",
            ReplyToSessionId = "rs", TimeToLive = TimeSpan.FromHours(1),
            ApplicationProperties = { ["number"] = 7, ["when"] = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)), ["nothing"] = null },
        });
        Assert.Equal("body", received.Body.ToString());
        Assert.Equal(
            ("m", "s", "s", "c", "j", "application/json", "t", "r", "rs"),
            (received.MessageId, received.SessionId, received.PartitionKey, received.CorrelationId, received.Subject, received.ContentType, received.To,
                received.ReplyTo, received.ReplyToSessionId));
        Assert.Equal(7, received.ApplicationProperties["number"]);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), received.ApplicationProperties["when"]);
        Assert.Null(received.ApplicationProperties["nothing"]);
        Assert.Equal(TimeSpan.FromHours(1), received.TimeToLive);
        Assert.Equal(Time.GetUtcNow().AddHours(1), received.ExpiresAt);
        Assert.Equal((1, 1L), (received.DeliveryCount, received.SequenceNumber));
        Assert.Equal(Time.GetUtcNow(), received.EnqueuedTime);
        Assert.Equal(Time.GetUtcNow().AddSeconds(30), received.LockedUntil);
    }

    [Fact]
    public async Task Send_WithoutId_GetsOne()
    {
        Assert.NotEmpty((await SentAndReceivedAsync(new ServiceBusMessage("a"))).MessageId);
        Assert.Equal(2, (await SentAndReceivedAsync(new ServiceBusMessage("a"))).SequenceNumber);
    }

    [Fact]
    public async Task Send_BodyChangedAfterwards_ArrivesAsItWasSent()
    {
        var body = new byte[] { 1 };
        await Sender.SendMessageAsync(new ServiceBusMessage(body));
        body[0] = 2;
        Assert.Equal([1], (await ReceivedAsync(Receiver)).Body.ToArray());
    }

    [Fact]
    public async Task Send_TypeThatAmqpDoesNotKnow_IsRefused()
    {
        var message = Message("a");
        message.ApplicationProperties["version"] = new Version(1, 2);
        await Assert.ThrowsAsync<SerializationException>(() => Sender.SendMessageAsync(message));
    }

    [Fact]
    public Task Send_TooLarge_IsRefused() =>
        RefusedAsync(ServiceBusFailureReason.MessageSizeExceeded, () => Sender.SendMessageAsync(new ServiceBusMessage(new byte[2000])));

    [Fact]
    public async Task SendMessages_TooLargeTogether_AreRefusedTogether()
    {
        await RefusedAsync(ServiceBusFailureReason.MessageSizeExceeded,
            () => Sender.SendMessagesAsync([new ServiceBusMessage(new byte[600]), new ServiceBusMessage(new byte[600])]));
        await NothingIsReceivedAsync(Receiver);
    }

    [Fact]
    public Task Send_UnknownQueue_IsRefused() =>
        RefusedAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => Client.CreateSender("other").SendMessageAsync(Message("a")));

    [Fact]
    public Task Send_WithoutSessionToAQueueWithSessions_IsRefused() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => Client.CreateSender(SessionQueue).SendMessageAsync(Message("a")));

    [Fact]
    public async Task Send_Duplicate_SucceedsAndIsDropped()
    {
        await Sender.SendMessagesAsync([Message("a"), Message("a")]);
        await Sender.SendMessageAsync(Message("a"));
        await ReceivedAsync(Receiver);
        await NothingIsReceivedAsync(Receiver);
    }

    [Fact]
    public async Task Send_Cancelled_IsATaskCanceledException() =>
        await Assert.ThrowsAsync<TaskCanceledException>(() => Sender.SendMessageAsync(Message("a"), new CancellationToken(canceled: true)));

    [Fact]
    public async Task Send_WithScheduledEnqueueTime_ArrivesThen()
    {
        var message = Message("a");
        message.ScheduledEnqueueTime = Time.GetUtcNow().AddMinutes(1);
        await Sender.SendMessageAsync(message);
        await NothingIsReceivedAsync(Receiver);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(message.ScheduledEnqueueTime, (await ReceivedAsync(Receiver)).ScheduledEnqueueTime);
    }

    [Fact]
    public async Task Schedule_ThenCancel_NeverArrives()
    {
        var number = await Sender.ScheduleMessageAsync(Message("a"), Time.GetUtcNow().AddMinutes(1));
        Assert.Equal(ServiceBusMessageState.Scheduled, (await Receiver.PeekMessageAsync()).State);
        await Sender.CancelScheduledMessageAsync(number);
        Time.Advance(TimeSpan.FromMinutes(1));
        await NothingIsReceivedAsync(Receiver);
        await RefusedAsync(ServiceBusFailureReason.MessageNotFound, () => Sender.CancelScheduledMessageAsync(number));
    }

    [Fact]
    public async Task Schedule_SetsTheTimeOnTheMessage()
    {
        var message = Message("a");
        var due = Time.GetUtcNow().AddMinutes(1);
        var numbers = await Sender.ScheduleMessagesAsync([message, Message("b")], due);
        Assert.Equal([1L, 2L], numbers);
        Assert.Equal(due, message.ScheduledEnqueueTime);
    }

    [Fact]
    public async Task Closed_SenderOrClient_IsDisposedOf()
    {
        var sender = Sender;
        await sender.CloseAsync();
        Assert.True(sender.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sender.SendMessageAsync(Message("a")));
        sender = Sender;
        await Client.DisposeAsync();
        Assert.True(Client.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sender.SendMessageAsync(Message("a")));
        Assert.Throws<ObjectDisposedException>(() => Client.CreateSender(Queue));
    }
}
