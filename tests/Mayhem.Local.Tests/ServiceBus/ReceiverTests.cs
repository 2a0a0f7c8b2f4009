using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.Tests.ServiceBus;

public class ReceiverTests : ServiceBusUnderTest
{
    [Fact]
    public async Task Receive_NothingWithinTheWait_IsNullOrEmpty()
    {
        await NothingIsReceivedAsync(Receiver);
        var receiving = Receiver.ReceiveMessagesAsync(10, TimeSpan.FromSeconds(5));
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(await receiving);
    }

    [Fact]
    public async Task Receive_WithoutAWait_WaitsTheTryTimeout()
    {
        var receiving = Receiver.ReceiveMessageAsync();
        Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(receiving.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await receiving);
    }

    [Fact]
    public async Task Receive_Cancelled_IsATaskCanceledException()
    {
        using var cancellation = new CancellationTokenSource();
        var receiving = Receiver.ReceiveMessagesAsync(1, TimeSpan.FromMinutes(1), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => receiving);
    }

    [Fact]
    public async Task Receive_ClosedMeanwhile_Ends()
    {
        var receiver = Receiver;
        var receiving = receiver.ReceiveMessageAsync(TimeSpan.FromMinutes(1));
        await receiver.DisposeAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => receiving);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiver.ReceiveMessageAsync());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public Task Receive_ImpossibleArguments_AreRefused(int max, int seconds) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Receiver.ReceiveMessagesAsync(max, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public Task Receive_UnknownQueue_IsRefused() =>
        RefusedAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => Client.CreateReceiver("other").ReceiveMessageAsync());

    [Fact]
    public async Task Complete_Twice_LosesTheLock()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        await Receiver.CompleteMessageAsync(message);
        await RefusedAsync(ServiceBusFailureReason.MessageLockLost, () => Receiver.CompleteMessageAsync(message));
    }

    [Fact]
    public async Task Lock_RenewedInTime_Holds()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        Time.Advance(TimeSpan.FromSeconds(20));
        await Receiver.RenewMessageLockAsync(message);
        Time.Advance(TimeSpan.FromSeconds(20));
        await Receiver.CompleteMessageAsync(message);
        await NothingIsReceivedAsync(Receiver);
    }

    [Fact]
    public async Task Lock_RunOut_LosesTheMessageToTheNext()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        Time.Advance(TimeSpan.FromSeconds(30));
        await RefusedAsync(ServiceBusFailureReason.MessageLockLost, () => Receiver.RenewMessageLockAsync(message));
        await RefusedAsync(ServiceBusFailureReason.MessageLockLost, () => Receiver.AbandonMessageAsync(message));
        Assert.Equal(2, (await ReceivedAsync(Receiver)).DeliveryCount);
    }

    [Fact]
    public async Task Abandon_WithProperties_ComesBackWithThem()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        await Receiver.AbandonMessageAsync(message, new Dictionary<string, object> { ["mayhem-abandons"] = 1 });
        message = await ReceivedAsync(Receiver);
        Assert.Equal((2, 1), (message.DeliveryCount, message.ApplicationProperties["mayhem-abandons"]));
        Assert.Equal("a", message.MessageId);
    }

    [Fact]
    public async Task Abandon_TheLastTime_IsADeadLetter()
    {
        await Receiver.AbandonMessageAsync(await SentAndReceivedAsync(Message("a")));
        await Receiver.AbandonMessageAsync(await ReceivedAsync(Receiver));
        await NothingIsReceivedAsync(Receiver);
        var dead = await ReceivedAsync(DeadLetters);
        Assert.Equal(
            ("MaxDeliveryCountExceeded", "Message could not be consumed after 2 delivery attempts.", Queue, 3),
            (dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.DeadLetterSource, dead.DeliveryCount));
    }

    [Fact]
    public async Task DeadLetter_InEachOfTheThreeWays_HasItsReasonAndProperties()
    {
        var properties = new Dictionary<string, object> { ["p"] = 1, ["DeadLetterReason"] = "from the properties" };
        await Receiver.DeadLetterMessageAsync(await SentAndReceivedAsync(Message("a")), "why", "because");
        await Receiver.DeadLetterMessageAsync(await SentAndReceivedAsync(Message("b")), new Dictionary<string, object> { ["p"] = 2 }, "why", "because");
        await Receiver.DeadLetterMessageAsync(await SentAndReceivedAsync(Message("c")), properties);
        var dead = await DeadLetters.ReceiveMessagesAsync(3);
        Assert.Equal(["why because", "why because", "from the properties "], dead.Select(message => $"{message.DeadLetterReason} {message.DeadLetterErrorDescription}"));
        Assert.Equal(2, dead[1].ApplicationProperties["p"]);
    }

    [Fact]
    public async Task DeadLetter_ReasonTooLong_IsRefused()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Receiver.DeadLetterMessageAsync(message, new string('x', 4097)));
        await Receiver.DeadLetterMessageAsync(message, new string('x', 4096));
    }

    [Fact]
    public async Task DeadLetters_CanBeCompletedButNotDeadLettered()
    {
        await Receiver.DeadLetterMessageAsync(await SentAndReceivedAsync(Message("a")), "why");
        var path = Client.CreateReceiver(Queue + "/$deadletterqueue");
        Assert.Equal(Queue + "/$DeadLetterQueue", path.EntityPath);
        var dead = await ReceivedAsync(path);
        await Assert.ThrowsAsync<InvalidOperationException>(() => path.DeadLetterMessageAsync(dead, "again"));
        await path.CompleteMessageAsync(dead);
        await NothingIsReceivedAsync(DeadLetters);
    }

    [Fact]
    public async Task Defer_ReceivedByItsNumberOnly()
    {
        var message = await SentAndReceivedAsync(Message("a"));
        await Receiver.DeferMessageAsync(message, new Dictionary<string, object> { ["p"] = 1 });
        await NothingIsReceivedAsync(Receiver);
        Assert.Equal(ServiceBusMessageState.Deferred, (await Receiver.PeekMessageAsync()).State);
        var deferred = await Receiver.ReceiveDeferredMessageAsync(message.SequenceNumber);
        Assert.Equal((2, 1), (deferred.DeliveryCount, deferred.ApplicationProperties["p"]));
        await Receiver.CompleteMessageAsync(deferred);
        await RefusedAsync(ServiceBusFailureReason.MessageNotFound, () => Receiver.ReceiveDeferredMessageAsync(message.SequenceNumber));
    }

    [Fact]
    public async Task Peek_WithoutANumber_GoesOnWhereItWas()
    {
        await Sender.SendMessagesAsync([Message("a"), Message("b"), Message("c")]);
        var receiver = Receiver;
        Assert.Equal("a", (await receiver.PeekMessageAsync()).MessageId);
        Assert.Equal(["b", "c"], (await receiver.PeekMessagesAsync(10)).Select(message => message.MessageId));
        Assert.Null(await receiver.PeekMessageAsync());
        Assert.Equal("b", (await receiver.PeekMessageAsync(fromSequenceNumber: 2)).MessageId);
    }

    [Fact]
    public async Task Peeked_CannotBeSettled()
    {
        await Sender.SendMessageAsync(Message("a"));
        var peeked = await Receiver.PeekMessageAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Receiver.CompleteMessageAsync(peeked));
    }

    [Fact]
    public async Task ReceiveAndDelete_IsGoneAndCannotBeSettled()
    {
        await Sender.SendMessageAsync(Message("a"));
        var receiver = Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        var message = await ReceivedAsync(receiver);
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(message));
        Time.Advance(TimeSpan.FromHours(1));
        await NothingIsReceivedAsync(Receiver);
    }

    [Fact]
    public async Task ReceiveMessages_AsAStream_YieldsUntilCancelled()
    {
        await Sender.SendMessagesAsync([Message("a"), Message("b")]);
        using var cancellation = new CancellationTokenSource();
        var ids = new List<string>();
        await Assert.ThrowsAsync<TaskCanceledException>(async () =>
        {
            await foreach (var message in Receiver.ReceiveMessagesAsync(cancellation.Token))
            {
                ids.Add(message.MessageId);
                if (ids.Count == 2)
                    await cancellation.CancelAsync();
            }
        });
        Assert.Equal(["a", "b"], ids);
    }
}
