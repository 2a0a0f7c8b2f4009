using System.Net;
using System.Net.Sockets;
using Mayhem.Failures;
using Mayhem.Recovery;
using static Mayhem.Failures.FailureRule;

namespace Mayhem.Core.Tests.Failures;

public class ConditionalRulesTests
{
    private static readonly FailureRule Everything = On<Exception>().Retry(RetryDelay.Fixed(TimeSpan.FromSeconds(1)), maxAttempts: 3);

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, FailureClass.Throttled)]
    [InlineData(HttpStatusCode.ServiceUnavailable, FailureClass.Throttled)]
    [InlineData(HttpStatusCode.Unauthorized, FailureClass.Fatal)]
    [InlineData(HttpStatusCode.Forbidden, FailureClass.Fatal)]
    [InlineData(HttpStatusCode.NotFound, FailureClass.Fatal)]
    [InlineData(HttpStatusCode.InternalServerError, FailureClass.Transient)]
    [InlineData(null, FailureClass.Transient)]
    public void Match_DefaultRulesForHttp_GoByStatus(HttpStatusCode? status, FailureClass expected) =>
        Assert.Equal(expected, Some.Rules.Match(Http(status)).Rule.Class);

    [Fact]
    public void Match_SameTypeAgain_AsksTheConditionAgain()
    {
        var rules = Some.Rules;
        Assert.Equal(
            [FailureClass.Throttled, FailureClass.Transient, FailureClass.Throttled],
            new[] { Http(HttpStatusCode.TooManyRequests), Http(HttpStatusCode.BadGateway), Http(HttpStatusCode.TooManyRequests) }.Select(failure => rules.Match(failure).Rule.Class));
    }

    [Fact]
    public void Match_SeveralConditionsHold_TheFirstGivenWinsEvenAfterThePlainRule()
    {
        var rules = new FailureRules([
            Everything, On<IOException>().Tolerate(), On<IOException>(_ => true, "first").DeadLetter("First"), On<IOException>(_ => true, "second").DeadLetter("Second"),
        ]);
        Assert.Equal("First", rules.Match(new IOException()).Rule.DeadLetterReason);
    }

    [Fact]
    public void Match_DerivedPlainRule_ComesBeforeAConditionOnTheBase()
    {
        var rules = new FailureRules([Everything, On<IOException>(_ => true, "always").DeadLetter(), On<FileNotFoundException>().Tolerate()]);
        Assert.Equal(FailureClass.Tolerated, rules.Match(new FileNotFoundException()).Rule.Class);
        Assert.Equal(FailureClass.Fatal, rules.Match(new EndOfStreamException()).Rule.Class);
    }

    [Fact]
    public void Match_ConditionOnAWrappedException_LooksThroughTheWrapper()
    {
        var (rule, cause) = Some.Rules.Match(new AggregateException(Http(HttpStatusCode.NotFound)));
        Assert.Equal(("System.Net.Http.HttpRequestException when status 401, 403 or 404", typeof(HttpRequestException)), (rule.Name, cause.GetType()));
    }

    [Fact]
    public void Match_ConditionThrows_DoesNotMatchAndIsToldOnce()
    {
        var told = new List<string>();
        var rules = new FailureRules([Everything, On<SocketException>(_ => throw new InvalidOperationException("broken"), "broken").DeadLetter()])
        {
            ConditionFailed = (rule, error) => told.Add($"{rule.Name}: {error.Message}"),
        };
        Assert.Equal("System.Exception", rules.Match(new SocketException()).Rule.Name);
        Assert.Equal("System.Exception", rules.Match(new SocketException()).Rule.Name);
        Assert.Equal(["System.Net.Sockets.SocketException when broken: broken"], told);
    }

    [Fact]
    public void Constructor_OnlyAConditionForEverythingElse_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new FailureRules([On<Exception>(_ => true, "always").DeadLetter()]));

    [Theory]
    [InlineData("a;b")]
    [InlineData("status = 429")]
    [InlineData(" ")]
    public void On_TextThatWouldBreakTheBudgets_IsRefused(string because) =>
        Assert.Throws<ArgumentException>(() => On<IOException>(_ => true, because));

    [Fact]
    public void Name_OfEveryDefaultRule_IsUniqueAndSurvivesTheMessageProperty()
    {
        var names = DefaultFailureRules.All.Select(rule => rule.Name).ToArray();
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        var read = AttemptBudget.Parse(names.Aggregate(AttemptBudget.Untouched, (budget, name) => budget.Spend(name)).ToString());
        Assert.All(names, name => Assert.Equal(1, read.Used(name)));
    }

    [Fact]
    public void For_AType_GivesTheRulesInTheOrderTheyAreTried()
    {
        Assert.Equal(
            ["System.Net.Http.HttpRequestException when status 429 or 503", "System.Net.Http.HttpRequestException when status 401, 403 or 404", "System.Net.Http.HttpRequestException"],
            Some.Rules.For(typeof(HttpRequestException)).Select(rule => rule.Name));
        Assert.Equal(["System.Exception"], Some.Rules.For(typeof(NotSupportedException)).Select(rule => rule.Name));
    }

    [Fact]
    public void Build_ConfiguredType_ReplacesItsConditionsToo()
    {
        var rules = ConfiguredFailureRules.Build(
            DefaultFailureRules.All, new Dictionary<string, FailureRuleOptions>(StringComparer.Ordinal) { ["HttpRequestException"] = new() { MaxAttempts = "7" } }, []);
        var rule = Assert.Single(rules.For(typeof(HttpRequestException)));
        Assert.Equal((FailureClass.Transient, 7, true), (rule.Class, rule.MaxAttempts, rule.IsConfigured));
        Assert.All(rules.All.Where(other => other != rule), other => Assert.False(other.IsConfigured));
    }

    private static HttpRequestException Http(HttpStatusCode? status) => new("no", inner: null, status);
}
