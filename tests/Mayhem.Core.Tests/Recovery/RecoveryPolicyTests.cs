using Mayhem.Failures;
using Mayhem.Locks;
using Mayhem.Messages;
using Mayhem.Recovery;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Recovery;

public class RecoveryPolicyTests
{
    private static readonly RecoveryOptions Options = new();
    private static readonly FailureRule Slow = FailureRule.Retry(typeof(IOException), RetryDelay.Fixed(TimeSpan.FromMinutes(1)), 3);

    [Fact]
    public void Decide_EveryClassThatIsNotRetried_HasItsVerdict()
    {
        Assert.IsType<Verdict.StopProcess>(Decide(Some.Failure(new OutOfMemoryException())));
        Assert.IsType<Verdict.HandsOff>(Decide(Some.Failure(new IOException(), lockEnd: LockEnd.Lost)));
        Assert.IsType<Verdict.Abandon>(Decide(Some.Failure(new OperationCanceledException(), stopping: true)));
        Assert.IsType<Verdict.Abandon>(Decide(Some.Failure(new IOException(), FailureRule.Abandon(typeof(IOException)))));
        Assert.IsType<Verdict.Complete>(Decide(Some.Failure(new IOException(), FailureRule.Tolerate(typeof(IOException)))));
        Assert.Equal("Fatal:HostNotFoundException", Assert.IsType<Verdict.DeadLetter>(Decide(Some.Failure(new HostNotFoundException("h")))).Reason);
        Assert.Equal("Denied", Assert.IsType<Verdict.DeadLetter>(Decide(Some.Failure(new RestartDeniedException("no")))).Reason);
    }

    [Fact]
    public void Decide_ShortDelay_WaitsInPlace() =>
        Assert.Equal(new Verdict.RetryNow(TimeSpan.FromSeconds(1)), Decide(Some.Failure(new RestartFailedException("no"))));

    [Fact]
    public void Decide_LongDelay_SchedulesACopy() => Assert.Equal(new Verdict.RetryLater(Some.Now.AddMinutes(1)), Decide(Some.Failure(new IOException(), Slow)));

    [Fact]
    public void Decide_LongDelayOnASession_WaitsInPlaceBecauseACopyWouldOvertake() => Assert.Equal(
        new Verdict.RetryNow(TimeSpan.FromMinutes(1)), Decide(Some.Failure(new IOException(), Slow), Some.Delivery() with { SessionId = "cattle-0001" }));

    [Fact]
    public void Decide_LockHeldForAsLongAsItMay_WaitsNowhereInPlace()
    {
        var failure = Some.Failure(new RestartFailedException("no"));
        Assert.Equal(new Verdict.RetryLater(Some.Now.AddSeconds(1)), Decide(failure, mayWait: false));
        Assert.IsType<Verdict.Abandon>(Decide(failure, Some.Delivery() with { SessionId = "cattle-0001" }, mayWait: false));
    }

    [Fact]
    public void Decide_Throttled_WaitsAsLongAsTheExceptionSays() => Assert.Equal(
        new Verdict.RetryLater(Some.Now.AddSeconds(90)), Decide(Some.Failure(new RestartThrottledException("slow down", TimeSpan.FromSeconds(90)))));

    [Fact]
    public void Decide_BudgetOfTheRuleUsedUp_DeadLettersWithTheLastFailure()
    {
        var failure = Some.Failure(new RestartFailedException("no luck"));
        var dead = Assert.IsType<Verdict.DeadLetter>(Decide(failure, budget: Spent(failure.Rule.Name, 4)));
        Assert.Equal("RetriesExhausted", dead.Reason);
        Assert.Equal($"Mayhem.Restarts.RestartFailedException: no luck (attempt 4, report {failure.ReportId})", dead.Description);
    }

    [Fact]
    public void Decide_LongMessage_IsCutBeforeTheWayToTheReport()
    {
        var failure = Some.Failure(new HostNotFoundException(new string('h', 5000)));
        var description = Assert.IsType<Verdict.DeadLetter>(Decide(failure)).Description;
        Assert.EndsWith($"… (attempt 1, report {failure.ReportId})", description, StringComparison.Ordinal);
        Assert.Equal(DeadLetters.MaxText, description.Length);
    }

    [Fact]
    public void Decide_BudgetOfAnotherRuleUsedUp_GoesOn()
    {
        var failure = Some.Failure(new RestartFailedException("no"));
        Assert.IsType<Verdict.RetryNow>(Decide(failure, budget: Spent("System.TimeoutException", 5).Spend(failure.Rule.Name)));
    }

    [Fact]
    public void Decide_NextAttemptAfterTheDeadlineOfTheFirstMessage_DeadLetters()
    {
        var copy = Some.Delivery().With((MessageProperties.FirstEnqueuedAt, Some.Now.AddMinutes(-59.5).ToString("O")));
        var dead = Assert.IsType<Verdict.DeadLetter>(Decide(Some.Failure(new IOException(), Slow), copy));
        Assert.Equal("RetriesExhausted", dead.Reason);
        Assert.StartsWith("The next attempt would be after the message's deadline", dead.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_DueAfterTheMessageExpires_DeadLetters() => Assert.Equal("RetryWouldExpire", Assert.IsType<Verdict.DeadLetter>(
        Decide(Some.Failure(new IOException(), Slow), Some.Delivery() with { ExpiresAt = Some.Now.AddSeconds(60) })).Reason);

    [Fact]
    public void Postpone_ShortAndLong_WaitsInPlaceOrSchedules()
    {
        Assert.Equal(new Verdict.RetryNow(TimeSpan.FromSeconds(1)), RecoveryPolicy.Postpone(Some.Delivery(), TimeSpan.FromSeconds(1), Options, Some.Now));
        Assert.Equal(new Verdict.RetryLater(Some.Now.AddSeconds(9)), RecoveryPolicy.Postpone(Some.Delivery(), TimeSpan.FromSeconds(9), Options, Some.Now));
    }

    private static Verdict Decide(Failure failure, Delivery? delivery = null, AttemptBudget? budget = null, bool mayWait = true) =>
        RecoveryPolicy.Decide(failure, delivery ?? Some.Delivery(), budget ?? AttemptBudget.Untouched.Spend(failure.Rule.Name), Options, random: 0.5, mayWait);

    private static AttemptBudget Spent(string rule, int times) =>
        Enumerable.Range(0, times).Aggregate(AttemptBudget.Untouched, (budget, _) => budget.Spend(rule));
}
