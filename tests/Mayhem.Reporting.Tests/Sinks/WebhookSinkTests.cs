using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Sinks.Webhook;
using Mayhem.Reporting.Tests.Doubles;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Sinks;

public sealed class WebhookSinkTests : IDisposable
{
    private readonly LocalHttpServer server = new();

    [Fact]
    public async Task SendAsync_AReport_IsPostedAsJson_WithItsIdAndTheHeaders()
    {
        using var sink = Sink("Authorization: Bearer t-1 | X-Team: ops");

        await sink.SendAsync(SomeDocument.Of(1), CancellationToken.None);

        var request = Assert.Single(server.Accepted);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/tickets", request.Path);
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal("Bearer t-1", request.Headers["Authorization"]);
        Assert.Equal("ops", request.Headers["X-Team"]);
        Assert.Equal(SomeDocument.Id(1), request.Headers["Idempotency-Key"]);
        Assert.Equal(ReportJson.Write(SomeDocument.Of(1)), request.Body);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(401, false)]
    [InlineData(302, false)]
    [InlineData(400, true)]
    [InlineData(422, true)]
    public async Task SendAsync_AnAnswerOtherThanSuccess_IsAFailure_AndARefusalIsForGood(int status, bool refused)
    {
        server.Answer = _ => new LocalHttpAnswer(status);
        using var sink = Sink();

        var failure = await Assert.ThrowsAsync<ReportNotSentException>(() => sink.SendAsync(SomeDocument.Of(1), CancellationToken.None));

        Assert.Equal(refused, failure.Refused);
        Assert.Contains($"{status}", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Fri, 20 Nov 2026 12:01:00 GMT", 60)]
    [InlineData("Fri, 20 Nov 2026 11:00:00 GMT", 0)]
    public async Task SendAsync_429_SaysHowLongToWait(string retryAfter, int seconds)
    {
        server.Answer = _ => new LocalHttpAnswer(429, RetryAfter: retryAfter);
        using var sink = Sink();

        var failure = await Assert.ThrowsAsync<ReportNotSentException>(() => sink.SendAsync(SomeDocument.Of(1), CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_Throws()
    {
        using var sink = Sink();
        server.Dispose();

        await Assert.ThrowsAsync<HttpRequestException>(() => sink.SendAsync(SomeDocument.Of(1), CancellationToken.None));
    }

    [Fact]
    public async Task SendAsync_TheServerHangs_EndsWithTheToken()
    {
        server.Answer = _ => LocalHttpAnswer.Hang;
        using var sink = Sink();
        using var limit = new CancellationTokenSource();
        var sending = sink.SendAsync(SomeDocument.Of(1), limit.Token);
        await Eventually.HoldsAsync(() => !server.Requests.IsEmpty, "the request has come");

        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData("ftp://example.net/", "", "Url")]
    [InlineData("tickets", "", "Url")]
    [InlineData("https://example.net/", "no colon", "Headers")]
    [InlineData("https://example.net/", "Content-Length: 3", "Headers")]
    public void Problems_WrongValues_AreNamed(string url, string headers, string option)
    {
        var options = new WebhookOptions { Url = url, Headers = headers };

        Assert.StartsWith(option, Assert.Single(options.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_AHeaderThatIsNone_IsNotShown_ForItMayHoldASecret() =>
        Assert.DoesNotContain("s3cret", new WebhookOptions { Url = "https://example.net/", Headers = "s3cret" }.Problems().Single(), StringComparison.Ordinal);

    public void Dispose() => server.Dispose();

    private WebhookSink Sink(string headers = "") =>
        new(new WebhookOptions { Url = server.Url + "tickets", Headers = headers }, new ManualTimeProvider());
}
