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

    private static Delivery InSession => Some.Delivery() with { SessionId = "cattle-0001" };

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
    public void Decide_LongDelayInASession_WaitsInPlaceBecauseACopyWouldBeOvertaken() =>
        Assert.Equal(new Verdict.RetryNow(TimeSpan.FromMinutes(1)), Decide(Some.Failure(new IOException(), Slow), InSession, patience: TimeSpan.FromMinutes(1)));

    [Fact]
    public void Decide_DelayInASessionLongerThanItsLockMayWait_KeepsItsPlaceAndItsTime()
    {
        var abandon = Assert.IsType<Verdict.Abandon>(Decide(Some.Failure(new IOException(), Slow), InSession, patience: TimeSpan.FromSeconds(59)));
        Assert.Equal(Some.Now.AddMinutes(1), abandon.NotBefore);
    }

    [Fact]
    public void Decide_LongDelayInASessionThatMayBeReordered_SchedulesACopy() => Assert.Equal(
        new Verdict.RetryLater(Some.Now.AddMinutes(1)), Decide(Some.Failure(new IOException(), Slow), InSession, options: new RecoveryOptions { ReorderSessions = true }));

    [Fact]
    public void Decide_DelayInASessionBeyondItsExpiry_DeadLetters() => Assert.Equal("RetryWouldExpire", Assert.IsType<Verdict.DeadLetter>(
        Decide(Some.Failure(new IOException(), Slow), InSession with { ExpiresAt = Some.Now.AddSeconds(30) })).Reason);

    [Fact]
    public void GoOnWaiting_NothingStamped_ActsAtOnce() => Assert.Null(RecoveryPolicy.GoOnWaiting(InSession, Options, Some.Now, TimeSpan.FromMinutes(15)));

    [Theory]
    [InlineData(-1, 900, 0, "")]
    [InlineData(0, 900, 0, "")]
    [InlineData(300, 900, 300, "")]
    [InlineData(1800, 900, 900, "")]
    [InlineData(1800, 0, 1800, "abandon")]
    [InlineData(900_000, 0, 3600, "abandon")]
    public void GoOnWaiting_InASession_WaitsAsLongAsItsLockAllowsAndUntilItsDeadlineAtMost(int due, int patience, int expected, string how)
    {
        var waiting = InSession.With((MessageProperties.NotBefore, Some.Now.AddSeconds(due).ToString("O")));
        var verdict = RecoveryPolicy.GoOnWaiting(waiting, Options, Some.Now, TimeSpan.FromSeconds(patience));
        if (how.Length > 0)
            Assert.Equal(Some.Now.AddSeconds(expected), Assert.IsType<Verdict.Abandon>(verdict).NotBefore);
        else
            Assert.Equal(expected == 0 ? null : new Verdict.RetryNow(TimeSpan.FromSeconds(expected)), verdict);
    }

    [Fact]
    public void GoOnWaiting_OutsideASession_SchedulesACopyForTheRest() => Assert.Equal(
        new Verdict.RetryLater(Some.Now.AddSeconds(90)),
        RecoveryPolicy.GoOnWaiting(Some.Delivery().With((MessageProperties.NotBefore, Some.Now.AddSeconds(90).ToString("O"))), Options, Some.Now, TimeSpan.FromMinutes(15)));

    [Fact]
    public void Decide_LockHeldForAsLongAsItMay_WaitsNowhereInPlace()
    {
        var failure = Some.Failure(new RestartFailedException("no"));
        Assert.Equal(new Verdict.RetryLater(Some.Now.AddSeconds(1)), Decide(failure, patience: TimeSpan.Zero));
        Assert.IsType<Verdict.Abandon>(Decide(failure, Some.Delivery() with { SessionId = "cattle-0001" }, patience: TimeSpan.Zero));
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

    [Fact]
    public void HoldBack_WithinAndBeyondTheDeadline_WaitsOrDeadLetters()
    {
        Assert.Equal(new Verdict.RetryLater(Some.Now.AddMinutes(60)), RecoveryPolicy.HoldBack(Some.Delivery(), TimeSpan.FromMinutes(60), Options, Some.Now));
        var late = Assert.IsType<Verdict.DeadLetter>(RecoveryPolicy.HoldBack(Some.Delivery(), TimeSpan.FromMinutes(61), Options, Some.Now));
        Assert.Equal(("RetriesExhausted", "The next attempt would be after the message's deadline of 2026-11-20 13:00:00Z."), (late.Reason, late.Description));
    }

    private static Verdict Decide(Failure failure, Delivery? delivery = null, AttemptBudget? budget = null, TimeSpan? patience = null, RecoveryOptions? options = null) =>
        RecoveryPolicy.Decide(failure, delivery ?? Some.Delivery(), budget ?? AttemptBudget.Untouched.Spend(failure.Rule.Name), options ?? Options, random: 0.5, patience);

    private static AttemptBudget Spent(string rule, int times) =>
        Enumerable.Range(0, times).Aggregate(AttemptBudget.Untouched, (budget, _) => budget.Spend(rule));
}
