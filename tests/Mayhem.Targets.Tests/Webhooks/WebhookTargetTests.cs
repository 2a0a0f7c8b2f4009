using System.Text.Json;
using Azure.Core;
using Azure.Identity;
using Mayhem.Failures;
using Mayhem.Restarts;
using Mayhem.Targets.Health;
using Mayhem.Targets.Inventory;
using Mayhem.Targets.Tests.Doubles;
using Mayhem.Targets.Webhooks;
using Mayhem.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Targets.Tests.Webhooks;

public sealed class WebhookTargetTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly LoopbackServer server = new();
    private readonly HurryingTimeProvider time = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Issue_SendsTheOrderUnderItsKey_AndIsDoneAt200()
    {
        server.Answer = _ => new Reply(200);
        var target = Target();

        var issued = await target.IssueAsync(ArmBench.Order(attempt: 2), default);
        await target.WatchAsync(ArmBench.Order(attempt: 2), issued, default);

        var post = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/hosts/web-7/restart", "r-1:2"), (post.Method, post.Path, post.Headers["Idempotency-Key"]));
        Assert.DoesNotContain("Authorization", post.Headers.Keys);
        var body = JsonDocument.Parse(post.Body).RootElement;
        string[] names = ["version", "requestId", "attempt", "host", "group", "requester"];
        Assert.Equal(["1", "r-1", "2", "web-7", "racks", "tests"], names.Select(name => body.GetProperty(name).ToString()));
    }

    [Theory]
    [InlineData("Location", "/jobs/1")]
    [InlineData("Operation-Location", "{server}/jobs/1")]
    public async Task Issue_202WithAStatusUrl_IsPolledToItsEnd_AlsoByALaterDelivery(string header, string url)
    {
        var polls = new Queue<Reply?>([new Reply(202), null, new Reply(200, """{"status":"running"}"""), new Reply(200, """{"status":"succeeded"}""")]);
        server.Answer = request => request.Method == "POST" ? new Reply(202, "", (header, url.Replace("{server}", server.Url, StringComparison.Ordinal))) : polls.Dequeue();

        var issued = await Target().IssueAsync(ArmBench.Order(), default);
        await Target().WatchAsync(ArmBench.Order(), new IssuedRestart(issued.Operation), default);

        Assert.Equal(server.Url + "/jobs/1", issued.Operation);
        Assert.Empty(polls);
    }

    [Fact]
    public async Task Watch_AJobThatFails_IsAFailedRestart()
    {
        server.Answer = _ => new Reply(200, """{"status":"failed","error":{"code":"PduBroken","message":"No power."}}""");

        var failure = await Assert.ThrowsAsync<RestartFailedException>(() => Target().WatchAsync(ArmBench.Order(), new IssuedRestart(server.Url + "/jobs/1"), default));

        Assert.Contains("PduBroken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_AJobThatIsForgotten_IsOutcomeUnknown()
    {
        server.Answer = _ => new Reply(404);

        await Assert.ThrowsAsync<AmbiguousRestartException>(() => Target().WatchAsync(ArmBench.Order(), new IssuedRestart(server.Url + "/jobs/1"), default));
    }

    [Theory]
    [InlineData(302, typeof(RestartRefusedException), FailureClass.Fatal)]
    [InlineData(400, typeof(RestartRefusedException), FailureClass.Fatal)]
    [InlineData(401, typeof(RestartRefusedException), FailureClass.Fatal)]
    [InlineData(403, typeof(RestartRefusedException), FailureClass.Fatal)]
    [InlineData(404, typeof(HostNotFoundException), FailureClass.Fatal)]
    [InlineData(409, typeof(RestartFailedException), FailureClass.Transient)]
    [InlineData(429, typeof(RestartThrottledException), FailureClass.Throttled)]
    [InlineData(500, typeof(AmbiguousRestartException), FailureClass.Transient)]
    [InlineData(503, typeof(AmbiguousRestartException), FailureClass.Transient)]
    public async Task Issue_OtherAnswers_AreClassified(int status, Type type, FailureClass failureClass)
    {
        server.Answer = _ => new Reply(status, "", ("Retry-After", "44"), ("Location", server.Url));

        var failure = await Assert.ThrowsAsync(type, () => Target().IssueAsync(ArmBench.Order(), default));

        var rule = ArmBench.RuleOf(failure);
        Assert.Equal(failureClass, rule.Class);
        Assert.Equal(1, server.Count("POST"));
        if (rule.Delay is { } delay)
            Assert.Equal(TimeSpan.FromSeconds(44), delay.Next(failure, 1, HurryingTimeProvider.Start, 0.5));
    }

    [Fact]
    public async Task Issue_SocketCut_IsAmbiguous_AndIsSentAgainUnderTheSameKey()
    {
        server.Answer = _ => server.Count("POST") == 2 ? null : new Reply(200);
        await Target().IssueAsync(ArmBench.Order(), default);

        await Assert.ThrowsAsync<AmbiguousRestartException>(() => Target().IssueAsync(ArmBench.Order(), default));
        Assert.Null(await Target().FindIssuedAsync(ArmBench.Order(), default));
        await Target().IssueAsync(ArmBench.Order(), default);

        Assert.Equal(["r-1:1", "r-1:1", "r-1:1"], server.Requests.Select(request => request.Headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task Issue_NoAnswerWithinTheLimit_IsAmbiguous()
    {
        using var release = new ManualResetEventSlim();
        server.Answer = _ =>
        {
            release.Wait();
            return null;
        };
        var clock = new ManualTimeProvider();
        var issue = Target(clock: clock).IssueAsync(ArmBench.Order(), default);
        await Eventually.HoldsAsync(() => server.Count("POST") == 1, "the order arrives");

        clock.Advance(TimeSpan.FromMinutes(5));

        await Assert.ThrowsAsync<AmbiguousRestartException>(() => issue);
        release.Set();
    }

    [Fact]
    public async Task Issue_WithASetting_SendsItAsAuthorization_ButToNoOtherServer()
    {
        await using var other = new LoopbackServer { Answer = _ => new Reply(200) };
        server.Answer = request => request.Method == "POST" ? new Reply(202, "", ("Location", other.Url + "/jobs/1")) : new Reply(200);
        var target = Target(settings => settings with { AuthorizationSetting = "RestarterAuthorization" });

        await target.WatchAsync(ArmBench.Order(), await target.IssueAsync(ArmBench.Order(), default), default);
        await target.WatchAsync(ArmBench.Order(), new IssuedRestart(server.Url + "/jobs/1"), default);

        Assert.All(server.Requests, request => Assert.Equal("Basic c2VjcmV0", request.Headers["Authorization"]));
        Assert.DoesNotContain("Authorization", Assert.Single(other.Requests).Headers.Keys);
    }

    [Fact]
    public async Task Issue_WithATokenScope_SendsTheAppsToken()
    {
        server.Answer = _ => new Reply(200);

        await Target(settings => settings with { TokenScope = "api://restarter/.default" }).IssueAsync(ArmBench.Order(), default);

        Assert.Equal($"Bearer {SomeCredential.Token}", Assert.Single(server.Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task Issue_WithoutAToken_AsksNobody()
    {
        var target = Target(settings => settings with { TokenScope = "api://restarter/.default" }, credential: new NoCredential());

        var failure = await Assert.ThrowsAsync<RestartFailedException>(() => target.IssueAsync(ArmBench.Order(), default));

        Assert.Equal(FailureClass.Transient, ArmBench.RuleOf(failure).Class);
        Assert.Empty(server.Requests);
    }

    private WebhookTarget Target(Func<WebhookSettings, WebhookSettings>? change = null, TimeProvider? clock = null, TokenCredential? credential = null)
    {
        // Longer than the waits that are over at once.
        var settings = new WebhookSettings { Url = server.Url + "/hosts/{host}/restart", AnswerLimit = TimeSpan.FromMinutes(5) };
        var entry = new InventoryEntry
        {
            Name = "racks", Group = "racks", Kind = TargetKind.Webhook, Hosts = [HostPattern.Parse("web-*")!], Webhook = change?.Invoke(settings) ?? settings,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("RestarterAuthorization", (string?)"Basic c2VjcmV0")]).Build();
        var authorization = new WebhookAuthorization(entry.Webhook, configuration, new Lazy<TokenCredential>(credential ?? new SomeCredential()));
        return new WebhookTarget(entry, http, authorization, new HostVerification(entry, http, time), clock ?? time, NullLogger.Instance);
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException("none");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException("none");
    }
}
