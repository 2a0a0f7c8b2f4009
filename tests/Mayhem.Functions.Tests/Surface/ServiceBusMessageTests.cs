using Azure.Messaging.ServiceBus;

namespace Mayhem.Functions.Tests.Surface;

/// <summary>What the app relies on in the SDK. Runs against the packages and against the declarations alike.</summary>
public class ServiceBusMessageTests
{
    [Fact]
    public void New_FromAReceivedMessage_LeavesOutWhatTheBrokerStamped()
    {
        var received = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString("body"),
            messageId: "id",
            correlationId: "correlation",
            timeToLive: TimeSpan.FromMinutes(5),
            scheduledEnqueueTime: DateTimeOffset.UnixEpoch,
            properties: new Dictionary<string, object>
            {
                ["mine"] = 1, ["DeadLetterReason"] = "r", ["DeadLetterErrorDescription"] = "d", ["Diagnostic-Id"] = "t",
            });

        var copy = new ServiceBusMessage(received);

        Assert.Equal("id", copy.MessageId);
        Assert.Equal("correlation", copy.CorrelationId);
        Assert.Equal("body", copy.Body.ToString());
        Assert.Equal(TimeSpan.FromMinutes(5), copy.TimeToLive);
        Assert.Equal(default, copy.ScheduledEnqueueTime);
        Assert.Equal(["mine"], copy.ApplicationProperties.Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void TimeToLive_NotPositive_IsRefused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceBusMessage { TimeToLive = TimeSpan.FromSeconds(seconds) });

    [Fact]
    public void MessageId_LongerThan128Characters_IsRefused()
    {
        _ = new ServiceBusMessage { MessageId = new string('x', 128) };

        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceBusMessage { MessageId = new string('x', 129) });
        Assert.ThrowsAny<ArgumentException>(() => new ServiceBusMessage { MessageId = "" });
    }

    [Fact]
    public void PartitionKey_OtherThanTheSession_IsRefused_AndTheSessionOverridesIt()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceBusMessage { SessionId = "s", PartitionKey = "p" });
        Assert.Equal("s", new ServiceBusMessage { PartitionKey = "p", SessionId = "s" }.PartitionKey);
    }

    [Fact]
    public void ExpiresAt_WithoutATimeToLive_IsNever()
    {
        var now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(DateTimeOffset.MaxValue, ServiceBusModelFactory.ServiceBusReceivedMessage(enqueuedTime: now).ExpiresAt);
        Assert.Equal(now.AddMinutes(1), ServiceBusModelFactory.ServiceBusReceivedMessage(enqueuedTime: now, timeToLive: TimeSpan.FromMinutes(1)).ExpiresAt);
    }

    [Fact]
    public void DeadLetterReason_IsReadFromTheProperties()
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            properties: new Dictionary<string, object> { ["DeadLetterReason"] = "Poison", ["DeadLetterErrorDescription"] = "no" });

        Assert.Equal("Poison", message.DeadLetterReason);
        Assert.Equal("no", message.DeadLetterErrorDescription);
    }

    [Fact]
    public void ServiceBusException_TellsWhatIsTransient_AndNamesTheReason()
    {
        Assert.True(new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy).IsTransient);
        var lost = new ServiceBusException("gone", ServiceBusFailureReason.MessageLockLost, "queue");
        Assert.False(lost.IsTransient);
        Assert.Equal("queue", lost.EntityPath);
        Assert.Contains("MessageLockLost", lost.Message, StringComparison.Ordinal);
    }
}
