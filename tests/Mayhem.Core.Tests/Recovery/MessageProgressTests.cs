using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Recovery;

public class MessageProgressTests
{
    private static readonly RestartFailedException Failed = new("no");

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 3, 1)] // sent again after it was dead-lettered: what was tried for another message does not count
    [InlineData(2, 1, 1)]
    [InlineData(2, 3, 3)] // two attempts failed in a delivery that ended with its process
    [InlineData(2, 0, 1)] // the ledger could not be asked
    [InlineData(2, 9, 4)] // no more than the rule allows
    public void AfterFailure_AttemptsThatLeftNoTrace_CountIfTheMessageWasDeliveredBefore(int deliveryCount, int ledgerAttempt, int used)
    {
        var progress = MessageProgress.Of(Some.Delivery(deliveryCount: deliveryCount)).AfterFailure(Some.Failure(Failed), ledgerAttempt);
        Assert.Equal(used, progress.Budget.Used(typeof(RestartFailedException).FullName!));
    }

    [Fact]
    public void AfterFailure_InACopy_CountsFromTheAttemptThatItWasMadeAfter()
    {
        var first = MessageProgress.Of(Some.Delivery()).AfterFailure(Some.Failure(Failed), ledgerAttempt: 5);
        var copy = Some.Delivery() with { Properties = RetryCopies.Make(Some.Delivery(), Some.Now, first).Properties };

        Assert.Equal(5, copy.Properties[MessageProperties.LedgerAttempt]);
        Assert.Equal(2, MessageProgress.Of(copy).AfterFailure(Some.Failure(Failed), ledgerAttempt: 6).Budget.Failures);
        Assert.Equal(3, MessageProgress.Of(copy).AfterFailure(Some.Failure(Failed), ledgerAttempt: 7).Budget.Failures);
    }

    [Fact]
    public void AfterFailure_WhileTheSameAttemptIsWatched_CountsEachOnce()
    {
        var progress = MessageProgress.Of(Some.Delivery(deliveryCount: 2));
        for (var failures = 1; failures <= 3; failures++)
            Assert.Equal(failures, (progress = progress.AfterFailure(Some.Failure(new TimeoutException()), ledgerAttempt: 1)).Budget.Failures);
    }
}
