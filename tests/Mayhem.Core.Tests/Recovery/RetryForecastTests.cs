using Mayhem.Failures;
using Mayhem.Recovery;
using Mayhem.Restarts;
using static Mayhem.Failures.FailureRule;

namespace Mayhem.Core.Tests.Recovery;

public class RetryForecastTests
{
    private static readonly RecoveryOptions Options = new();

    [Fact]
    public void Of_ExponentialRule_GivesEachDelayWithItsJitterAndItsPlace()
    {
        var forecast = Forecast(On<IOException>().Retry(RetryDelay.Exponential(TimeSpan.FromSeconds(3), 2, TimeSpan.FromMinutes(1), jitter: 0.2), maxAttempts: 4));
        Assert.Equal([3, 6, 12], forecast.Steps.Select(step => step.Delay.TotalSeconds));
        Assert.Equal([3, 9, 21], forecast.Steps.Select(step => step.SoFar.TotalSeconds));
        Assert.Equal((2.4, 3.6), (forecast.Steps[0].Shortest.TotalSeconds, forecast.Steps[0].Longest.TotalSeconds));
        Assert.Equal([WaitingPlace.InPlace, WaitingPlace.Either, WaitingPlace.ScheduledCopy], forecast.Steps.Select(step => step.Place));
        Assert.Equal(("RetriesExhausted", false), (forecast.DeadLetterReason, forecast.EndsByDeadline));
    }

    [Fact]
    public void Of_RuleLongerThanTheDeadline_EndsByTheDeadline()
    {
        var forecast = Forecast(On<IOException>().Retry(RetryDelay.Fixed(TimeSpan.FromMinutes(25)), maxAttempts: 10));
        Assert.Equal((2, "RetriesExhausted", true), (forecast.Steps.Length, forecast.DeadLetterReason, forecast.EndsByDeadline));
    }

    [Fact]
    public void Of_AMessageInASession_KeepsItsPlaceInIt()
    {
        var rule = On<IOException>().Retry(RetryDelay.Exponential(TimeSpan.FromMinutes(2), 3, TimeSpan.FromHours(1)), maxAttempts: 4);

        var forecast = RetryForecast.Of(rule, rule.ExceptionType, Options, TimeSpan.FromMinutes(7));

        Assert.Equal([2, 6, 18], forecast.Steps.Select(step => step.Delay.TotalMinutes));
        Assert.Equal([WaitingPlace.InPlace, WaitingPlace.InSession, WaitingPlace.InSession], forecast.Steps.Select(step => step.Place));
        Assert.Equal(("RetriesExhausted", false, false), (forecast.DeadLetterReason, forecast.EndsByDeadline, forecast.EndsByMaxDeliveryCount));
    }

    [Fact]
    public void Of_AMessageInASessionThatMayBeReordered_BecomesACopyAsElsewhere()
    {
        var rule = On<IOException>().Retry(RetryDelay.Fixed(TimeSpan.FromMinutes(2)), maxAttempts: 2);

        Assert.Equal(WaitingPlace.ScheduledCopy, Assert.Single(RetryForecast.Of(rule, rule.ExceptionType, new RecoveryOptions { ReorderSessions = true }, TimeSpan.FromMinutes(7)).Steps).Place);
    }

    [Fact]
    public void Of_DelayReadFromTheException_ShowsTheFallback() =>
        Assert.All(
            RetryForecast.Of(Some.Rules.For(typeof(RestartThrottledException))[^1], typeof(RestartThrottledException), Options).Steps,
            step => Assert.Equal(TimeSpan.FromSeconds(30), step.Delay));

    [Fact]
    public void Of_RulesThatTryOnce_GiveTheirEnd()
    {
        Assert.Equal("Fatal:FileNotFoundException", RetryForecast.Of(On<IOException>().DeadLetter(), typeof(FileNotFoundException), Options).DeadLetterReason);
        Assert.Equal("Denied", Forecast(On<IOException>().DeadLetter("Denied")).DeadLetterReason);
        Assert.IsType<Verdict.StopProcess>(Forecast(On<IOException>().StopProcess()).End);
        Assert.IsType<Verdict.Complete>(Forecast(On<IOException>().Tolerate()).End);
        var abandoned = Forecast(On<IOException>().Abandon());
        Assert.Equal((true, "MaxDeliveryCountExceeded", false), (abandoned.EndsByMaxDeliveryCount, abandoned.DeadLetterReason, abandoned.EndsByDeadline));
    }

    private static RetryForecast Forecast(FailureRule rule) => RetryForecast.Of(rule, rule.ExceptionType, Options);
}
