using Mayhem.Failures;
using Mayhem.Restarts;
using Mayhem.Targets.Health;
using Mayhem.Targets.Operations;
using Mayhem.Targets.Tests.Doubles;
using static Mayhem.Targets.Tests.Doubles.ArmBench;

namespace Mayhem.Targets.Tests.Arm;

/// <summary>How an accepted restart is watched to its end.</summary>
public sealed class PollTests : AzureTests
{
    [Fact]
    public async Task Watch_AfterARedelivery_GoesOnFromTheUrlAlone()
    {
        await WatchAsync();

        var poll = Assert.Single(Azure.Server.Requests);
        Assert.Equal(("GET", OperationPath), (poll.Method, poll.Path));
        Assert.Equal($"Bearer {SomeCredential.Token}", poll.Headers["Authorization"]);
    }

    [Fact]
    public async Task Watch_InProgress_AsksAgainWhenAzureSays()
    {
        Azure.OnPoll = Then(Status("InProgress") with { Headers = [("Retry-After", "17")] }, new Reply(202), Status("Succeeded"));

        await WatchAsync();

        Assert.Equal(TimeSpan.FromSeconds(17 + 5), Azure.Time.Waited);
    }

    [Theory]
    [InlineData("Failed", "InternalOperationError")]
    [InlineData("Canceled", "OperationPreempted")]
    public async Task Watch_OperationThatEndsBadlyWithStatus200_IsTransient_WithFewAttempts(string status, string code)
    {
        Azure.OnPoll = _ => Status(status, code, "An internal error.");

        var failure = await Assert.ThrowsAsync<RestartFailedException>(() => WatchAsync());

        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
        Assert.Equal((FailureClass.Transient, 4), (RuleOf(failure).Class, RuleOf(failure).MaxAttempts));
    }

    [Fact]
    public async Task Watch_404WhilePolling_IsOutcomeUnknown()
    {
        Azure.OnPoll = _ => Error(404, "NotFound");

        var failure = await Assert.ThrowsAsync<AmbiguousRestartException>(() => WatchAsync());

        Assert.Equal(FailureClass.Transient, RuleOf(failure).Class);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Watch_401Or403WhilePolling_IsFatal(int status)
    {
        Azure.OnPoll = _ => Error(status, "AuthorizationFailed");

        Assert.Equal(FailureClass.Fatal, RuleOf(await Assert.ThrowsAsync<RestartRefusedException>(() => WatchAsync())).Class);
    }

    [Fact]
    public async Task Watch_5xxAndCutSocketsWhilePolling_FailNothing()
    {
        Azure.OnPoll = Then(Error(503, "ServiceUnavailable"), null, Error(500, "InternalServerError"), null, null, new Reply(200, "<html>"), Status("Succeeded"));

        await WatchAsync();
    }

    [Fact]
    public async Task Watch_NoAnswerAgainAndAgain_LeavesTheRestartIssued()
    {
        Azure.OnPoll = _ => null;

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => WatchAsync());

        Assert.Equal(FailureClass.Transient, RuleOf(failure).Class);
    }

    [Fact]
    public async Task Watch_429WhilePolling_ShortRetryAfter_IsWaitedFor()
    {
        Azure.OnPoll = Then(Error(429, "TooManyRequests", "No.", ("Retry-After", "30")), Status("Succeeded"));

        await WatchAsync();

        Assert.Equal(TimeSpan.FromSeconds(30), Azure.Time.Waited);
    }

    [Fact]
    public async Task Watch_429WhilePolling_LongRetryAfter_IsThrottled()
    {
        Azure.OnPoll = _ => Error(429, "TooManyRequests", "No.", ("Retry-After", "120"));

        Assert.Equal(TimeSpan.FromMinutes(2), (await Assert.ThrowsAsync<RestartThrottledException>(() => WatchAsync())).RetryAfter);
        Assert.Equal(TimeSpan.Zero, Azure.Time.Waited);
    }

    [Fact]
    public async Task Watch_LongerThanTheLimit_IsATimeout()
    {
        Azure.OnPoll = _ => Status("InProgress");

        await Assert.ThrowsAsync<TimeoutException>(() => WatchAsync());

        Assert.Equal(new OperationTimes().TimeLimit, Azure.Time.Waited);
    }

    [Fact]
    public async Task Watch_Cancelled_StopsAskingAndNothingElse()
    {
        using var cancelling = new CancellationTokenSource();
        Azure.OnPoll = _ =>
        {
            cancelling.Cancel();
            return Status("InProgress");
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WatchAsync(cancellationToken: cancelling.Token));

        Assert.Equal(0, Azure.Posts);
    }

    [Theory]
    [InlineData("https://arm.test.evil.example/operations/1")]
    [InlineData("http://arm.test/operations/1")]
    public async Task Watch_AnUrlOfSomebodyElse_NeverSeesTheToken_AndTheMachineIsAsked(string url)
    {
        Azure.OnLook = _ => View(minutes: 1);

        await WatchAsync(url);

        Assert.EndsWith("/instanceView", Assert.Single(Azure.Server.Requests).Path.Split('?')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_CompletionBeforeTheReboot_WaitsForANewBootTime()
    {
        await using var host = new LoopbackServer();
        await using var probed = new ArmBench(health: new HealthProbe { Url = host.Url + "/{host}/healthz", BootTimeProperty = "bootTime" });
        host.Answer = Then(Booted(-600), Booted(-600), null, new Reply(503), Booted(1));

        await probed.Target.WatchAsync(Order(), new IssuedRestart(OperationUrl), default);

        Assert.Equal(5, host.Requests.Count);
        Assert.All(host.Requests, request => Assert.Equal("/web-7/healthz", request.Path));
        Assert.All(host.Requests, request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
    }

    [Fact]
    public async Task Watch_CompletionBeforeTheReboot_WithAHealthProbe_WaitsUntilTheHostIsWell()
    {
        await using var host = new LoopbackServer();
        await using var probed = new ArmBench(health: new HealthProbe { Url = host.Url });
        host.Answer = Then(new Reply(200), new Reply(503), null, new Reply(200), new Reply(200));

        await probed.Target.WatchAsync(Order(), new IssuedRestart(OperationUrl), default);

        Assert.Equal(5, host.Requests.Count);
    }

    [Fact]
    public async Task Watch_AHostThatDoesNotComeBack_IsAFailedRestart()
    {
        await using var host = new LoopbackServer();
        await using var probed = new ArmBench(health: new HealthProbe { Url = host.Url, BootTimeProperty = "bootTime", Limit = TimeSpan.FromMinutes(1) });
        host.Answer = _ => Booted(-600);

        var failure = await Assert.ThrowsAsync<RestartFailedException>(() => probed.Target.WatchAsync(Order(), new IssuedRestart(OperationUrl), default));

        Assert.Contains("before the restart", failure.Message, StringComparison.Ordinal);
    }

    private static Reply Booted(int minutes) => new(200, $$"""{"bootTime":"{{HurryingTimeProvider.Start.AddMinutes(minutes):O}}"}""");

    private static Func<Asked, Reply?> Then(params Reply?[] replies)
    {
        var left = new Queue<Reply?>(replies);
        return _ => left.Dequeue();
    }

    private Task WatchAsync(string operation = OperationUrl, CancellationToken cancellationToken = default) =>
        Azure.Target.WatchAsync(Order(), new IssuedRestart(operation), cancellationToken);
}
