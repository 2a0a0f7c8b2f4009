using System.Text.Json;
using Azure.Core;
using Mayhem.Functions.Telemetry.ApplicationInsights;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.Extensibility;

namespace Mayhem.Functions.Tests.Telemetry.ApplicationInsights;

/// <summary>The real SDK against an endpoint on this machine: what is looked at is what would reach Azure.</summary>
public sealed class ApplicationInsightsSinkTests : IDisposable
{
    private readonly LocalHttpServer azure = new();
    private readonly RecordingChannel channel = new();
    private readonly TelemetryConfiguration configuration;
    private readonly TelemetryClient client;

    public ApplicationInsightsSinkTests()
    {
        configuration = new TelemetryConfiguration
        {
            TelemetryChannel = channel, ConnectionString = $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={azure.Url}",
        };
        client = new TelemetryClient(configuration);
    }

    [Fact]
    public async Task SendAsync_AReport_IsOneCompressedExceptionWithItsChain()
    {
        await SendAsync(SomeReport.Of());

        var request = Assert.Single(azure.Accepted);
        Assert.Equal("/v2/track", request.Path);
        Assert.Equal("application/x-json-stream", request.Headers["Content-Type"]);
        Assert.Equal("gzip", request.Headers["Content-Encoding"]);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        using var item = Item();
        Assert.Equal("AppExceptions", item.RootElement.GetProperty("name").GetString());
        Assert.Equal("00000000-0000-0000-0000-000000000001", item.RootElement.GetProperty("iKey").GetString());
        Assert.Equal("2026-11-20T12:00:00.0000000Z", item.RootElement.GetProperty("time").GetString());
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", item.RootElement.GetProperty("tags").GetProperty("ai.operation.id").GetString());
        var data = Data(item);
        Assert.Equal("f00d", data.GetProperty("problemId").GetString());
        var exceptions = data.GetProperty("exceptions").EnumerateArray().ToList();
        Assert.Equal(["System.InvalidOperationException", "System.TimeoutException"], exceptions.Select(exception => exception.GetProperty("typeName").GetString()));
        Assert.Equal(["outer", "inner"], exceptions.Select(exception => exception.GetProperty("message").GetString()));
        Assert.Equal(exceptions[0].GetProperty("id").GetInt32(), exceptions[1].GetProperty("outerId").GetInt32());
        var frame = exceptions[1].GetProperty("parsedStack")[0];
        Assert.Equal("Fleet.Restart0(String host)", frame.GetProperty("method").GetString());
        Assert.Equal("Fleet.cs", frame.GetProperty("fileName").GetString());
        Assert.Equal(17, frame.GetProperty("line").GetInt32());
        Assert.Equal("Mayhem.Local", frame.GetProperty("assembly").GetString());
    }

    [Fact]
    public async Task SendAsync_ValuesAndDomain_AreProperties_AndNumbersMeasurements()
    {
        await SendAsync(SomeReport.Of(domain: [("host", "cattle-0001"), ("attempt", "3")]));

        using var item = Item();
        var properties = Data(item).GetProperty("properties");
        Assert.Equal("Fleet.Restart0(String host) in Fleet.cs:17", properties.GetProperty("frame0").GetString());
        Assert.Equal("host = \"web-3\" (String)", properties.GetProperty("frame0.arguments").GetString());
        Assert.Equal("text = vvvvvvvvvv (String)", properties.GetProperty("inner1.frame0.locals").GetString());
        Assert.False(properties.TryGetProperty("inner1.frame1", out _), "the frame of a library, without values");
        Assert.Equal("cattle-0001", properties.GetProperty("host").GetString());
        Assert.Equal("0199a7b2c3d47e5f8091a2b3c4d5e6f7", properties.GetProperty("reportId").GetString());
        Assert.Equal("11:59:58.000 Information Mayhem: the line before", properties.GetProperty("log").GetString());
        Assert.Equal("1.2.3+abc", properties.GetProperty("version").GetString());
        var numbers = Data(item).GetProperty("measurements");
        Assert.Equal(3, numbers.GetProperty("attempt").GetDouble());
        Assert.Equal(7, numbers.GetProperty("unreported").GetDouble());
        Assert.Equal(4711, numbers.GetProperty("heapBytes").GetDouble());
        Assert.False(numbers.TryGetProperty("host", out _));
    }

    [Theory]
    [InlineData(ReportKind.Retry, "Warning")]
    [InlineData(ReportKind.Tolerated, "Warning")]
    [InlineData(ReportKind.Final, "Error")]
    [InlineData(ReportKind.Unhandled, "Error")]
    [InlineData(ReportKind.ProcessFatal, "Critical")]
    public async Task SendAsync_OfAKind_HasItsSeverity(ReportKind kind, string severity)
    {
        await SendAsync(SomeReport.Of(kind));

        using var item = Item();
        Assert.Equal(severity, Data(item).GetProperty("severityLevel").GetString());
    }

    [Fact]
    public async Task SendAsync_DataBeyondTheLimits_IsCut()
    {
        await SendAsync(SomeReport.Of(domain: (new string('n', 200), new string('v', 9000))));

        using var item = Item();
        var property = Data(item).GetProperty("properties").EnumerateObject().Single(pair => pair.Name.StartsWith("nn", StringComparison.Ordinal));
        Assert.Equal(150, property.Name.Length);
        Assert.Equal(8192, property.Value.GetString()!.Length);
    }

    [Theory]
    [InlineData(2, 30_000)]
    [InlineData(90, 1_500)]
    [InlineData(90, 8_000)]
    public async Task SendAsync_ALargeReport_StaysUnderSixtyKilobytes_AndKeepsTheFramesNextToTheCause(int frames, int valueLength)
    {
        await SendAsync(SomeReport.Of(frames: frames, valueLength: valueLength));

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(azure.Accepted.Single().Text()), 1, ApplicationInsightsSink.LargestItem);
        using var item = Item();
        Assert.Equal("Fleet.Restart0(String host)", Data(item).GetProperty("exceptions")[1].GetProperty("parsedStack")[0].GetProperty("method").GetString());
        Assert.Contains("vvvv", Data(item).GetProperty("properties").GetProperty("inner1.frame0.locals").GetString(), StringComparison.Ordinal);
        if (frames > 2)
            Assert.Contains("frames", Data(item).GetProperty("properties").GetProperty("leftOut").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_WithAnIdentity_GoesToTheOtherPathWithItsToken()
    {
        var credential = new FixedToken();
        await Sink(credential).SendAsync(SomeReport.Of(), CancellationToken.None);

        var request = Assert.Single(azure.Accepted);
        Assert.Equal("/v2.1/track", request.Path);
        Assert.Equal("Bearer t-1", request.Headers["Authorization"]);
        Assert.Equal(["https://monitor.azure.com//.default"], credential.Scopes);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(402)]
    [InlineData(439)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(204)]
    public async Task SendAsync_AnythingBut200_IsAFailureToBeTriedAgain(int status)
    {
        azure.Answer = _ => new LocalHttpAnswer(status, RetryAfter: "30");

        var failure = await Assert.ThrowsAsync<ReportNotSentException>(() => SendAsync(SomeReport.Of()));

        Assert.False(failure.Refused);
        Assert.Equal(TimeSpan.FromSeconds(30), failure.RetryAfter);
    }

    [Theory]
    [InlineData("""{"itemsReceived":1,"itemsAccepted":0,"errors":[{"index":0,"statusCode":500,"message":"later"}]}""", false)]
    [InlineData("""{"itemsReceived":1,"itemsAccepted":0,"errors":[{"index":0,"statusCode":439,"message":"quota"}]}""", false)]
    [InlineData("""{"itemsReceived":1,"itemsAccepted":0,"errors":[{"index":0,"statusCode":400,"message":"bad"}]}""", true)]
    [InlineData("""{"itemsReceived":1,"itemsAccepted":0,"errors":[]}""", false)]
    [InlineData("what?", false)]
    public async Task SendAsync_206WithoutTheItem_IsAFailure_AndARefusalIfItWillNeverBeTaken(string body, bool refused)
    {
        azure.Answer = _ => new LocalHttpAnswer(206, body);

        var failure = await Assert.ThrowsAsync<ReportNotSentException>(() => SendAsync(SomeReport.Of()));

        Assert.Equal(refused, failure.Refused);
    }

    [Fact]
    public async Task SendAsync_206WithTheItem_IsASuccess()
    {
        azure.Answer = _ => new LocalHttpAnswer(206, """{"itemsReceived":1,"itemsAccepted":1,"errors":[]}""");

        await SendAsync(SomeReport.Of());

        Assert.Single(azure.Requests);
    }

    [Fact]
    public async Task SendAsync_AnEndpointThatHangs_EndsWithTheToken()
    {
        azure.Answer = _ => LocalHttpAnswer.Hang;
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sink().SendAsync(SomeReport.Of(), limit.Token));
    }

    [Fact]
    public async Task FlushAsync_AChannelThatCannotBeAwaited_IsFlushed()
    {
        await Sink().FlushAsync(CancellationToken.None);

        Assert.Equal(1, channel.Flushes);
    }

    public void Dispose()
    {
        azure.Dispose();
        configuration.Dispose();
        channel.Dispose();
    }

    private Task SendAsync(Mayhem.Reporting.Document.ReportDocument report) => Sink().SendAsync(report, CancellationToken.None);

    private ApplicationInsightsSink Sink(TokenCredential? credential = null) =>
        new(client, new IngestionEndpoint(configuration.EndpointContainer.Ingestion, credential, new ManualTimeProvider()));

    private JsonDocument Item() => JsonDocument.Parse(azure.Accepted.Single().Text());

    private static JsonElement Data(JsonDocument item) => item.RootElement.GetProperty("data").GetProperty("baseData");

    private sealed class FixedToken : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("t-1", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
