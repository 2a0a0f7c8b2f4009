using FsCheck;
using FsCheck.Fluent;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Recovery;

public class RetryCopiesTests
{
    private static readonly DateTimeOffset Due = Some.Now.AddMinutes(1);

    [Fact]
    public void Make_FirstCopy_IsDerivedFromTheSendersMessage()
    {
        var failure = Some.Failure(new RestartFailedException("no"));
        var delivery = Some.Delivery().With(("tenant", "a"), ("traceparent", "00-1-2-01"));
        var copy = RetryCopies.Make(delivery, Due, MessageProgress.Of(delivery).AfterFailure(failure).Remember(failure, TimeSpan.FromMinutes(1), "me"));

        Assert.Equal(("r-1:7:r1", Due), (copy.MessageId, copy.DueAt));
        Assert.Equal("r-1", copy.Properties[MessageProperties.RootId]);
        Assert.Equal(1, copy.Properties[MessageProperties.Copy]);
        Assert.Equal(1, copy.Properties[MessageProperties.Attempt]);
        Assert.Equal("Mayhem.Restarts.RestartFailedException=1", copy.Properties[MessageProperties.Budgets]);
        Assert.Equal(Some.Now.ToString("O"), copy.Properties[MessageProperties.FirstEnqueuedAt]);
        Assert.Equal(60, FailureHistory.Read((string)copy.Properties[MessageProperties.History]).Single().DelaySeconds);
        Assert.Equal(("a", "00-1-2-01"), (copy.Properties["tenant"], copy.Properties["traceparent"]));
    }

    [Theory]
    [InlineData("a:r1", true)]
    [InlineData("a:r1:r20", true)]
    [InlineData("a:r", false)]
    [InlineData("a-r1", false)]
    [InlineData("a:r1x", false)]
    [InlineData("1", false)]
    public void IsIdOfCopy_OnlyTheFormOfCopies_IsTrue(string id, bool expected) => Assert.Equal(expected, RetryCopies.IsIdOfCopy(id));

    [Fact]
    public void Make_CopyOfACopy_KeepsTheRoot()
    {
        var first = Some.Delivery("r-1:7:r1").With((MessageProperties.RootId, "r-1"), (MessageProperties.Copy, 1)) with { SequenceNumber = 9 };
        Assert.Equal("r-1:9:r2", RetryCopies.Make(first, Due, MessageProgress.Of(first)).MessageId);
    }

    [Fact]
    public void Make_WhatBelongsToOneMessage_IsNotCarried()
    {
        var delivery = Some.Delivery().With(
            ("DeadLetterReason", "x"), ("DeadLetterErrorDescription", "x"), ("Diagnostic-Id", "x"), ("x-opt-foo", "x"),
            (MessageProperties.Abandons, 2), (MessageProperties.AbandonReason, "stopping"));
        var copy = RetryCopies.Make(delivery, Due, MessageProgress.Of(delivery));
        Assert.Equal([MessageProperties.Copy, MessageProperties.FirstEnqueuedAt, MessageProperties.RootId], copy.Properties.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Make_TimeToLive_IsWhatIsLeftWhenItIsDue()
    {
        var delivery = Some.Delivery();
        Assert.Equal(TimeSpan.FromMinutes(9), RetryCopies.Make(delivery with { ExpiresAt = Some.Now.AddMinutes(10) }, Due, MessageProgress.Of(delivery)).TimeToLive);
        Assert.Null(RetryCopies.Make(delivery, Due, MessageProgress.Of(delivery)).TimeToLive);
    }

    /// <summary>
    /// Requests are sent, and sent again, at any time; each message fails, or its process dies after it has scheduled the copy and it is scheduled once more. However long the
    /// broker remembers ids: it drops the copy that is scheduled once more, and no other.
    /// </summary>
    [Fact]
    public void Make_RequestsSentAgainAnyNumberOfTimes_NoCopyMeetsTheIdOfAnother()
    {
        var step = from request in Gen.Choose(0, Requests.Length - 1) from action in Gen.Choose(0, 5) from which in Gen.Choose(0, 1000) select (request, action, which);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var sequence = 0L;
            List<Delivery> queue = [];
            Dictionary<string, long> copiedFrom = new(StringComparer.Ordinal);
            foreach (var (request, action, which) in steps)
            {
                if (action < 2 || queue.Count == 0)
                {
                    queue.Add(Some.Delivery(Requests[request]) with { SequenceNumber = ++sequence });
                    continue;
                }

                var failing = queue[which % queue.Count];
                var copy = RetryCopies.Make(failing, Due, MessageProgress.Of(failing));
                var isNews = copiedFrom.TryAdd(copy.MessageId, failing.SequenceNumber);
                if (!isNews && copiedFrom[copy.MessageId] != failing.SequenceNumber)
                    return false;
                if (isNews)
                    queue.Add(failing with { MessageId = copy.MessageId, SequenceNumber = ++sequence, Properties = copy.Properties });
                if (action < 4)
                    queue.Remove(failing);
            }

            return true;
        }));
    }

    // One that others begin with, ids that are cut in the same place, and one that looks like a part of a copy's.
    private static readonly string[] Requests =
        ["a", "a:1", "a:1:2", "b", new string('x', 128), new string('x', 127), new string('x', 127) + "y", new string('x', 110) + ":1", new string('x', 110) + ":1:2"];

    [Fact]
    public void IdOf_AnyRootSequenceAndNumber_FitsAndTellsThemApart()
    {
        var copies = from length in Gen.Choose(1, 300)
                     from sequence in Gen.OneOf(Gen.Choose(1, 1000).Select(number => (long)number), Gen.Choose(0, 1000).Select(number => long.MaxValue - number))
                     from number in Gen.Choose(1, 1_000_000)
                     select (new string('x', length), sequence, number);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(copies.ToArbitrary(), copy =>
        {
            var (root, sequence, number) = copy;
            var id = RetryCopies.IdOf(root, sequence, number);
            return id.Length <= 128 && id == RetryCopies.IdOf(root, sequence, number) && RetryCopies.IsIdOfCopy(id)
                && id != RetryCopies.IdOf(root, sequence, number + 1) && id != RetryCopies.IdOf(root + "y", sequence, number) && id != RetryCopies.IdOf(root, sequence - 1, number);
        }));
    }
}
