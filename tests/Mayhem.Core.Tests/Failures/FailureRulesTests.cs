using System.Reflection;
using Mayhem.Failures;
using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Failures;

public class FailureRulesTests
{
    [Fact]
    public void Match_DerivedType_TakesTheMostDerivedRule()
    {
        var rules = new FailureRules([.. DefaultFailureRules.All, FailureRule.DeadLetter(typeof(AmbiguousRestartException))]);
        Assert.Equal(typeof(AmbiguousRestartException), rules.Match(new AmbiguousRestartException("?")).Rule.ExceptionType);
        Assert.Equal(typeof(RestartFailedException), rules.Match(new RestartFailedException("!")).Rule.ExceptionType);
    }

    [Fact]
    public void Match_Wrapped_LooksThroughWrappersWithoutARuleOfTheirOwn()
    {
        var cause = new HostNotFoundException("cattle-0001");
        var wrapped = new AggregateException(new TargetInvocationException(new InvalidOperationException("outer", cause)));
        Assert.Equal((typeof(HostNotFoundException), cause), (Some.Rules.Match(wrapped).Rule.ExceptionType, Some.Rules.Match(wrapped).Cause));
    }

    [Fact]
    public void Match_TwoWithRules_TheOutermostDecides() =>
        Assert.Equal(typeof(TimeoutException), Some.Rules.Match(new TimeoutException("late", new HostNotFoundException("h"))).Rule.ExceptionType);

    [Fact]
    public void Match_ProcessFatalAnywhereInside_Wins() => Assert.Equal(
        FailureClass.ProcessFatal,
        Some.Rules.Match(new RestartFailedException("no", new AggregateException(new IOException(), new InsufficientMemoryException()))).Rule.Class);

    [Fact]
    public void Match_NoRule_FallsToTheRuleForEverythingElse()
    {
        var unknown = new NotSupportedException();
        Assert.Equal((typeof(Exception), unknown), (Some.Rules.Match(unknown).Rule.ExceptionType, Some.Rules.Match(unknown).Cause));
    }

    [Fact]
    public void Constructor_NoRuleForEverythingElse_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new FailureRules([FailureRule.DeadLetter(typeof(IOException))]));

    [Fact]
    public void All_EveryRule_DescribesItself() =>
        Assert.Contains(
            "Mayhem.Restarts.RestartThrottledException: Throttled, try again after what its RetryAfter says, else 00:00:30, 10 attempts in all",
            Some.Rules.All.Select(rule => rule.ToString()));
}
