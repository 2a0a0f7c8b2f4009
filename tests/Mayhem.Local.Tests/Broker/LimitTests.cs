using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

public class LimitTests
{
    private readonly TestQueue queue = new(new QueueOptions { MaxMessageBytes = 100 });

    [Fact]
    public void Message_LargerThanAllowed_IsRefusedWithItsProperties()
    {
        var fits = new MessageContent { MessageId = "a", Body = new byte[99] };
        queue.State.Send(fits, queue.Now);
        TestQueue.Refused(BrokerFailure.MessageSizeExceeded, () => queue.State.Send(fits with { MessageId = "aa" }, queue.Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null, 129)]
    public void MessageId_OutOfRange_IsRefused(string? id, int length = 0) =>
        Assert.Throws<ArgumentException>(() => queue.Send(id ?? new string('x', length)));

    [Fact]
    public void Property_OfATypeThatAmqpDoesNotKnow_IsRefused() => Assert.Throws<ArgumentException>(() => queue.State.Send(
        new MessageContent { MessageId = "a", Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["p"] = new Version(1, 2) } }, queue.Now));

    [Fact]
    public void Batch_WithOneThatIsRefused_IsRefusedAsAWhole()
    {
        Assert.Throws<ArgumentException>(() => queue.State.Send([TestQueue.Content("a"), TestQueue.Content("")], queue.Now));
        Assert.Empty(queue.Peek());
    }

    public static TheoryData<QueueOptions, string> OutOfRange => new()
    {
        { new QueueOptions { LockDuration = TimeSpan.Zero }, nameof(QueueOptions.LockDuration) },
        { new QueueOptions { LockDuration = TimeSpan.FromMinutes(6) }, nameof(QueueOptions.LockDuration) },
        { new QueueOptions { MaxDeliveryCount = 0 }, nameof(QueueOptions.MaxDeliveryCount) },
        { new QueueOptions { DefaultTimeToLive = TimeSpan.Zero }, nameof(QueueOptions.DefaultTimeToLive) },
        { new QueueOptions { DuplicateDetectionWindow = TimeSpan.FromSeconds(1) }, nameof(QueueOptions.DuplicateDetectionWindow) },
        { new QueueOptions { MaxMessageBytes = 0 }, nameof(QueueOptions.MaxMessageBytes) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Options_OutOfRange_AreRefusedByName(QueueOptions options, string name)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => options.Validate("restarts"));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("restarts", refused.Message, StringComparison.Ordinal);
    }
}
