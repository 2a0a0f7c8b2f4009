using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Triggers;

namespace Mayhem.Functions.Tests.Triggers;

public class DeliveriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AMessage_CarriesEverythingTheEngineAsksFor()
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString("body"), messageId: "m-1", sessionId: "s", correlationId: "c", deliveryCount: 3, lockedUntil: Now.AddSeconds(30),
            sequenceNumber: 42, enqueuedTime: Now, timeToLive: TimeSpan.FromMinutes(10), properties: new Dictionary<string, object> { ["mayhem-copy"] = 2 });

        var delivery = Deliveries.Of(message, "restarts", "trace", sessionLockedUntil: Now.AddSeconds(20));

        Assert.Equal("restarts", delivery.Queue);
        Assert.Equal("m-1", delivery.MessageId);
        Assert.Equal("body", Encoding.UTF8.GetString(delivery.Body.Span));
        Assert.Equal(3, delivery.DeliveryCount);
        Assert.Equal(Now.AddSeconds(20), delivery.LockedUntil);
        Assert.Equal(42, delivery.SequenceNumber);
        Assert.Equal(Now, delivery.EnqueuedAt);
        Assert.Equal(Now.AddMinutes(10), delivery.ExpiresAt);
        Assert.Equal("s", delivery.SessionId);
        Assert.Equal("c", delivery.CorrelationId);
        Assert.Equal("trace", delivery.OperationId);
        Assert.Equal(2, delivery.Copy);
    }

    [Fact]
    public void Of_AMessageOfAQueueWithoutSessions_BelongsToNoneWhateverItsSenderSays()
    {
        var delivery = Deliveries.Of(ServiceBusModelFactory.ServiceBusReceivedMessage(messageId: "m", sessionId: "s", lockedUntil: Now.AddSeconds(30)), "q", operationId: null);
        Assert.Equal((null, Now.AddSeconds(30)), (delivery.SessionId, delivery.LockedUntil));
    }

    [Fact]
    public void Of_AMessageThatNeverExpires_HasNoExpiry() =>
        Assert.Null(Deliveries.Of(ServiceBusModelFactory.ServiceBusReceivedMessage(messageId: "m", enqueuedTime: Now), "q", operationId: null).ExpiresAt);

    [Fact]
    public void Of_AMessageWithoutAnId_IsNamedByItsSequenceNumber() =>
        Assert.Equal("sequence-7", Deliveries.Of(ServiceBusModelFactory.ServiceBusReceivedMessage(sequenceNumber: 7), "q", operationId: null).RootId);

    [Fact]
    public void DataOf_ABodyThatIsNoData_IsEmpty_SoThatTheEngineRejectsItAsPoison() =>
        Assert.True(Deliveries.DataOf(
            ServiceBusModelFactory.ServiceBusReceivedMessage(messageId: "m"), _ => throw new NotSupportedException("Value cannot be retrieved using the Body property.")).IsEmpty);
}
