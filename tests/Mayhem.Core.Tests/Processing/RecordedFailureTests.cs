using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Processing;

/// <summary>Attempts that failed in a delivery which could not write that on its message.</summary>
public sealed class RecordedFailureTests : IDisposable
{
    private static readonly string Rule = typeof(RestartFailedException).FullName!;

    private static readonly RestartRequest Request = new() { RequestId = "r-1", Host = "cattle-0001", Requester = "ops" };

    private readonly ProcessorBench bench = new(rules: new FailureRules(
        [.. DefaultFailureRules.All, FailureRule.Retry(typeof(RestartFailedException), RetryDelay.Fixed(TimeSpan.FromSeconds(1)), maxAttempts: 4)]));

    [Fact]
    public async Task Recall_TheLastAttemptIsUsedUp_DeadLettersWithoutAnother()
    {
        await DieAfterFailuresAsync(4);

        var result = (await bench.ProcessNextAsync())!;

        Assert.Equal(0, bench.Target.Calls);
        var letter = Assert.Single(bench.Queue.DeadLetters);
        Assert.Equal("RetriesExhausted", letter.Reason);
        Assert.StartsWith("RestartFailedException: no (attempt 4, report ", letter.Description, StringComparison.Ordinal);
        Assert.Equal((4, Rule, "f00d"), (letter.Properties[MessageProperties.Attempt], letter.Properties[MessageProperties.ExceptionType], letter.Properties[MessageProperties.Fingerprint]));
        Assert.Contains(bench.Reports, report => report.Id == result.Failure!.ReportId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Recall_AttemptsAreLeft_MakesThoseAndNoMore(int failed)
    {
        FailAlways();
        await DieAfterFailuresAsync(failed);
        while (await bench.ProcessNextAsync() is not null)
        {
        }

        Assert.Equal(4 - failed, bench.Target.Calls);
        Assert.Equal(4, Assert.Single(bench.Queue.DeadLetters).Properties[MessageProperties.Attempt]);
    }

    [Fact]
    public async Task Recall_TheRequestWasCarriedOutMeanwhile_Completes()
    {
        await DieAfterFailuresAsync(4);
        await bench.Ledger.RecordIntentAsync(new RestartIntent(Request), default);
        await bench.Ledger.RecordIssuedAsync("r-1", 5, new IssuedRestart("op-1"), default);
        await bench.Ledger.RecordRestartedAsync("r-1", 5, default);

        Assert.Equal(new Verdict.Complete("carried out before"), (await bench.ProcessNextAsync())!.Verdict);
    }

    [Fact]
    public async Task Recall_FailuresOfAnEarlierMessageOfTheRequest_DoNotCount()
    {
        await DieAfterFailuresAsync(4);
        await bench.ProcessNextAsync();
        bench.Queue.Send(Some.Delivery() with { SequenceNumber = 99 });
        bench.Queue.Receive();

        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
    }

    [Fact]
    public async Task Recall_ARuleThatIsGone_TriesAgain()
    {
        await DieAfterFailuresAsync(4, rule: "Mayhem.ForgottenException");
        Assert.Equal(new Verdict.Complete("restarted"), (await bench.ProcessNextAsync())!.Verdict);
    }

    [Fact]
    public async Task Recall_AnEarlierDeliveryRecordsItsLastFailureWhileThisOneWaitsForIt_MakesNoFurtherAttempt()
    {
        FailAlways();
        var delivery = await DieAfterFailuresAsync(3);
        await bench.Ledger.RecordIntentAsync(new RestartIntent(Request), default);

        await bench.ProcessNextAsync(step =>
        {
            if (step == 5)
                Fail(delivery, attempt: 4, Rule);
        });

        Assert.Equal(0, bench.Target.Calls);
        Assert.Equal("RetriesExhausted", Assert.Single(bench.Queue.DeadLetters).Reason);
        Assert.Equal(4, (await bench.Ledger.FindAsync("r-1", default))!.Attempts);
    }

    [Fact]
    public async Task Process_ItsDeadLetterIsRefused_MakesNoFurtherAttempt()
    {
        FailAlways();
        bench.Queue.RefusesSettlement = true;
        bench.Queue.Send(Some.Delivery());
        await bench.ProcessNextAsync();
        Assert.Equal((4, 0), (bench.Target.Calls, bench.Queue.DeadLetters.Count));
        bench.Queue.RefusesSettlement = false;
        await bench.ProcessNextAsync();

        Assert.Equal(4, bench.Target.Calls);
        Assert.Equal("RetriesExhausted", Assert.Single(bench.Queue.DeadLetters).Reason);
    }

    public void Dispose() => bench.Dispose();

    private void FailAlways()
    {
        for (var call = 0; call < 10; call++)
            bench.Target.Fail(() => new RestartFailedException("no"));
    }

    // What a process leaves behind that dies right after the record of its last failure.
    private async Task<Delivery> DieAfterFailuresAsync(int failures, string? rule = null)
    {
        bench.Queue.Send(Some.Delivery());
        var delivery = bench.Queue.Receive()!.Value.Delivery;
        for (var attempt = 1; attempt <= failures; attempt++)
        {
            Assert.Equal(new IntentAnswer.Begun(attempt), await bench.Ledger.RecordIntentAsync(new RestartIntent(Request), default));
            Fail(delivery, attempt, rule ?? Rule);
        }

        return delivery;
    }

    // The ledger in memory has recorded it when the call returns.
    private void Fail(Delivery delivery, int attempt, string rule)
    {
        var failure = new RecordedFailure(delivery.Identity, rule, Rule, "RestartFailedException: no", "f00d", $"{rule}={attempt}", null);
        Assert.True(bench.Ledger.RecordFailedAsync("r-1", attempt, failure.Error, AttemptFailure.Issued, failure, default).AsTask().IsCompletedSuccessfully);
    }
}
