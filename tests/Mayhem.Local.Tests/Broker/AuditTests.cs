using Mayhem.Local.Broker;
using Mayhem.Messages;

namespace Mayhem.Local.Tests.Broker;

public class AuditTests
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private readonly TestQueue queue = new(auditRetention: Retention);

    [Fact]
    public void CopyAndOriginal_AreOneRoot()
    {
        queue.Send("root");
        queue.State.Send(new MessageContent
        {
            MessageId = "root:r1",
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { [MessageProperties.RootId] = "root" },
        }, queue.Now);
        queue.Complete(queue.Receive());
        var root = Assert.Single(queue.State.Audit);
        Assert.Equal(("root", 1, 1), (root.RootId, root.Live, root.Completed));
    }

    [Fact]
    public void DeadLetter_IsToldByItsReason_UntilItIsResolved()
    {
        queue.Send("a");
        queue.DeadLetter(queue.Receive(), "why");
        Assert.Equal(["why"], Assert.Single(queue.State.Audit).DeadLettered);
        queue.Complete(queue.Receive(SubQueue.DeadLetter));
        var root = Assert.Single(queue.State.Audit);
        Assert.Equal((0, 0, 1), (root.DeadLettered.Count, root.Completed, root.Resolved));
    }

    [Fact]
    public void ReasonChangedByAReceiver_DoesNotConfuseTheAudit()
    {
        queue.Send("a");
        queue.DeadLetter(queue.Receive(), "why");
        queue.Abandon(queue.Receive(SubQueue.DeadLetter), ("DeadLetterReason", 42));
        queue.Complete(queue.Receive(SubQueue.DeadLetter));
        Assert.Empty(Assert.Single(queue.State.Audit).DeadLettered);
    }

    [Fact]
    public void EndedRoot_IsForgottenAfterTheRetention_ALiveOneNever()
    {
        queue.Send("ended");
        queue.Send("live");
        queue.Complete(queue.Receive());
        queue.Time.Advance(Retention);
        queue.Send("later");
        Assert.Equal(["later", "live"], queue.State.Audit.Select(root => root.RootId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DroppedDuplicate_IsNotOnRecord()
    {
        var detecting = new TestQueue(new QueueOptions { DuplicateDetectionWindow = TimeSpan.FromMinutes(1) });
        detecting.Send("a");
        detecting.Send("a");
        Assert.Equal(1, Assert.Single(detecting.State.Audit).Live);
    }

    [Fact]
    public void AuditSwitchedOff_IsEmpty()
    {
        var state = new QueueState("q", new QueueOptions(), auditRetention: null, lockSeed: 1);
        state.Send(TestQueue.Content("a"), queue.Now);
        Assert.Empty(state.Audit);
    }
}
