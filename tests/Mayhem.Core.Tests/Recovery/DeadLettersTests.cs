using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Recovery;

public class DeadLettersTests
{
    [Fact]
    public void Make_AFailure_TellsAllThatLeadsToItsCause()
    {
        var failure = Some.Failure(new HostNotFoundException("cattle-0001"));
        var delivery = Some.Delivery("r-1:r2").With((MessageProperties.RootId, "r-1")) with { OperationId = "4bf92f3577b34da6a3ce929d0e0e4736" };
        var progress = MessageProgress.Of(delivery).Remember(failure, null, "me");
        var dead = DeadLetters.Make(delivery, new Verdict.DeadLetter("Fatal:HostNotFoundException", "There is no host."), failure, progress, Some.Now);

        Assert.Equal(("Fatal:HostNotFoundException", "There is no host."), (dead.Reason, dead.Description));
        Assert.Equal(
            [
                $"mayhem-attempt=1", $"mayhem-exception-type=Mayhem.Restarts.HostNotFoundException", $"mayhem-failed-at=2026-11-20T12:00:00.0000000+00:00",
                $"mayhem-fingerprint={failure.Fingerprint}",
                $$"""mayhem-history=[{"class":"Fatal","type":"Mayhem.Restarts.HostNotFoundException","fingerprint":"{{failure.Fingerprint}}","at":"2026-11-20T12:00:00+00:00","instance":"me"}]""",
                "mayhem-operation-id=4bf92f3577b34da6a3ce929d0e0e4736", "mayhem-reason=Fatal:HostNotFoundException", $"mayhem-report-id={failure.ReportId}", "mayhem-root-id=r-1",
            ],
            dead.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void Make_LongTexts_AreCutAt1024AndNeverInsideACharacter()
    {
        var dead = DeadLetters.Make(
            Some.Delivery(), new Verdict.DeadLetter(new string('r', 5000), new string('d', 1022) + "😀😀"), null, MessageProgress.Of(Some.Delivery()), Some.Now);
        Assert.Equal((1024, 1023), (dead.Reason.Length, dead.Description.Length));
        Assert.DoesNotContain(dead.Description, char.IsSurrogate);
    }

    [Fact]
    public void Make_SenderLeftLittleRoom_DropsTheHistoryToStayBelowTheLimit()
    {
        var delivery = Some.Delivery().With(("payload", new string('p', 30_000)), (MessageProperties.History, LongHistory()));
        var dead = DeadLetters.Make(delivery, new Verdict.DeadLetter("RetriesExhausted", "…"), null, MessageProgress.Of(delivery), Some.Now);
        Assert.Equal("[]", dead.Properties[MessageProperties.History]);
    }

    [Fact]
    public void Make_WhateverTheSenderLeft_FitsAndLeadsToTheReport()
    {
        var names = Gen.Choose(1, 12).Select(number => $"sender-{number}");
        var values = Gen.OneOf(
            Gen.Choose(0, 9000).Select(length => (object)new string('ü', length)), Gen.Choose(0, 20_000).Select(length => (object)new byte[length]), Gen.Constant((object)true));
        var sent = from count in Gen.Choose(0, 8) from name in names.ListOf(count) from value in values.ListOf(count) select name.Zip(value).DistinctBy(pair => pair.First, StringComparer.Ordinal).ToArray();
        var failure = Some.Failure(new RestartFailedException(new string('m', 900)));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(sent.ToArbitrary(), properties =>
        {
            var delivery = Some.Delivery(new string('i', 128)).With([.. properties.Select(pair => (pair.First, pair.Second)), (MessageProperties.History, LongHistory())]);
            var verdict = new Verdict.DeadLetter("RetriesExhausted", $"{new string('d', 900)} (attempt 4, report {failure.ReportId})");
            var dead = DeadLetters.Make(delivery, verdict, failure, MessageProgress.Of(delivery), Some.Now);
            return PropertySizes.OfMerged(delivery.Properties, dead.Properties) <= PropertySizes.Most
                && dead.Description.EndsWith($"report {failure.ReportId})", StringComparison.Ordinal)
                && dead.Properties[MessageProperties.ReportId] is string && dead.Properties[MessageProperties.Reason] is "RetriesExhausted";
        }));
    }

    [Fact]
    public void Make_SenderFilledTheRoomAlone_CutsItsLongestPropertyAndNoOther()
    {
        var delivery = Some.Delivery().With(("long", new string('p', 32_500)), ("short", "kept"));
        var dead = DeadLetters.Make(delivery, new Verdict.DeadLetter("RetriesExhausted", new string('d', 900)), null, MessageProgress.Of(delivery), Some.Now);
        Assert.Equal(new string('p', 15) + "…", dead.Properties["long"]);
        Assert.DoesNotContain("short", dead.Properties.Keys);
    }

    [Fact]
    public void History_ManyFailures_StaysBelow8KilobytesAndKeepsTheLast()
    {
        var history = LongHistory();
        Assert.InRange(Encoding.UTF8.GetByteCount(history), 7000, FailureHistory.MaxBytes);
        Assert.Equal("Type199", FailureHistory.Read(history)[^1].Type);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"a":1}""")]
    public void History_Unreadable_StartsAnew(string written) => Assert.Empty(FailureHistory.Read(written));

    private static string LongHistory() => Enumerable.Range(0, 200).Aggregate(
        "", (history, number) => FailureHistory.Append(history, new FailureHistoryEntry("Transient", $"Type{number}", "0123456789abcdef", Some.Now, "me", 1.5)));
}
