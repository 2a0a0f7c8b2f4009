using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.Tests.ServiceBus;

public class AdministrationTests : ServiceBusUnderTest
{
    [Fact]
    public async Task GetQueueRuntimeProperties_CountsByPlace()
    {
        await Sender.SendMessagesAsync([Message("active"), Message("locked"), Message("dead")]);
        await Sender.ScheduleMessageAsync(Message("scheduled"), Time.GetUtcNow().AddHours(1));
        var received = await Receiver.ReceiveMessagesAsync(2);
        await Receiver.DeadLetterMessageAsync(received[1], "why");
        var counts = (await Administration.GetQueueRuntimePropertiesAsync(Queue)).Value;
        Assert.Equal((2, 1, 1, 4), (counts.ActiveMessageCount, counts.ScheduledMessageCount, counts.DeadLetterMessageCount, counts.TotalMessageCount));
    }

    [Fact]
    public async Task GetQueue_TellsHowItIsSetUp()
    {
        var queue = (await Administration.GetQueueAsync(Queue)).Value;
        Assert.Equal((TimeSpan.FromSeconds(30), 2, true, false), (queue.LockDuration, queue.MaxDeliveryCount, queue.RequiresDuplicateDetection, queue.RequiresSession));
        Assert.True((await Administration.GetQueueAsync(SessionQueue)).Value.RequiresSession);
    }

    [Fact]
    public async Task UnknownQueue_DoesNotExist()
    {
        Assert.True((await Administration.QueueExistsAsync(Queue)).Value);
        Assert.False((await Administration.QueueExistsAsync("other")).Value);
        await RefusedAsync(ServiceBusFailureReason.MessagingEntityNotFound, () => Administration.GetQueueRuntimePropertiesAsync("other"));
    }
}
