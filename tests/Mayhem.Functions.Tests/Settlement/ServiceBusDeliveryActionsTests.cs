using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Settlement;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Messages;

namespace Mayhem.Functions.Tests.Settlement;

public class ServiceBusDeliveryActionsTests
{
    private static readonly DateTimeOffset Due = new(2026, 11, 20, 12, 5, 0, TimeSpan.Zero);

    private readonly RecordingActions actions = new();
    private readonly List<Scheduled> scheduled = [];

    [Fact]
    public async Task Settling_GoesThroughTheHost_WithTheTokenGiven()
    {
        using var token = new CancellationTokenSource();
        var settlement = Of(Message());

        await settlement.CompleteAsync(token.Token);
        await settlement.RenewLockAsync(token.Token);
        await settlement.AbandonAsync(new Dictionary<string, object> { ["mayhem-abandons"] = 1 }, token.Token);

        Assert.Equal(["complete m", "renew m", "abandon m"], actions.Calls);
        Assert.Equal(1, actions.Properties!["mayhem-abandons"]);
        Assert.Equal(token.Token, actions.Token);
    }

    [Fact]
    public async Task DeadLetterAsync_PassesReasonDescriptionAndProperties()
    {
        await Of(Message()).DeadLetterAsync(
            new DeadLetter("Poison", "no request", new Dictionary<string, object> { ["mayhem-reason"] = "Poison" }), CancellationToken.None);

        Assert.Equal(["dead-letter m"], actions.Calls);
        Assert.Equal("Poison", actions.Reason);
        Assert.Equal("no request", actions.Description);
        Assert.Equal("Poison", actions.Properties!["mayhem-reason"]);
    }

    [Fact]
    public async Task ScheduleCopyAsync_CarriesTheSendersFields_AndTakesTheRestFromTheCopy()
    {
        await Of(Message()).ScheduleCopyAsync(Copy(TimeSpan.FromMinutes(3)), CancellationToken.None);

        var (copy, due, _) = Assert.Single(scheduled);
        Assert.Equal(Due, due);
        Assert.Equal("m:r1", copy.MessageId);
        Assert.Equal("body", copy.Body.ToString());
        Assert.Equal("correlation", copy.CorrelationId);
        Assert.Equal("subject", copy.Subject);
        Assert.Equal("application/json", copy.ContentType);
        Assert.Equal("reply", copy.ReplyTo);
        Assert.Equal("reply-session", copy.ReplyToSessionId);
        Assert.Equal("to", copy.To);
        Assert.Equal("partition", copy.PartitionKey);
        Assert.Equal(TimeSpan.FromMinutes(3), copy.TimeToLive);
        Assert.Equal(["mayhem-copy"], copy.ApplicationProperties.Keys);
    }

    [Fact]
    public async Task ScheduleCopyAsync_OfASession_StaysInTheSession()
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(messageId: "m", sessionId: "s", partitionKey: "s");

        await Of(message).ScheduleCopyAsync(Copy(timeToLive: null), CancellationToken.None);

        Assert.Equal("s", scheduled[0].Message.SessionId);
        Assert.Equal(TimeSpan.MaxValue, scheduled[0].Message.TimeToLive);
    }

    [Fact]
    public async Task ScheduleCopyAsync_NeverLetsTheSdkCancelWhatTheBrokerMayHaveAccepted()
    {
        using var token = new CancellationTokenSource();

        await Of(Message()).ScheduleCopyAsync(Copy(timeToLive: null), token.Token);

        Assert.False(scheduled[0].Token.CanBeCanceled);
    }

    private static RetryCopy Copy(TimeSpan? timeToLive) => new("m:r1", Due, timeToLive, new Dictionary<string, object> { ["mayhem-copy"] = 1 });

    private static ServiceBusReceivedMessage Message() => ServiceBusModelFactory.ServiceBusReceivedMessage(
        body: BinaryData.FromString("body"), messageId: "m", correlationId: "correlation", subject: "subject", contentType: "application/json",
        replyTo: "reply", replyToSessionId: "reply-session", to: "to", partitionKey: "partition", timeToLive: TimeSpan.FromHours(1),
        properties: new Dictionary<string, object> { ["Diagnostic-Id"] = "old" });

    private ServiceBusDeliveryActions Of(ServiceBusReceivedMessage message) => new(message, actions, new RecordingSender(scheduled));
}
