using System.Text.Json;
using Mayhem.Functions.Telemetry;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mayhem.Scenarios.Reports;

/// <summary>The real SDK and an endpoint on this machine that refuses, fails, throttles or hangs. No message is affected, and no report comes twice.</summary>
public sealed class When_application_insights_does_not_take_reports : IDisposable
{
    private const int Messages = 40;
    private const string Rejected = """{"itemsReceived":1,"itemsAccepted":0,"errors":[{"index":0,"statusCode":500,"message":"later"}]}""";

    private readonly TemporaryFolder spool = new();
    private LocalHttpServer? azure;

    [Theory]
    [InlineData("refuses")]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("206")]
    [InlineData("hangs")]
    public async Task No_message_is_affected_and_everything_arrives_once_it_is_back_once_each(string fault)
    {
        var port = Break(fault);
        await using var app = await StartAsync(port, spoolLimit: 1000);

        await FailManyAsync(app);
        Assert.Equal(Messages, app.DeadLetters().Count);
        await app.UntilAsync(() => Counts(app) is { Waiting: 0, Spooled: > 5, Sending: false }, "what did not arrive is in the spool");
        var reports = Directory.GetFiles(spool["applicationInsights"], "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).ToList();
        Assert.Equal(0, Counts(app).Dropped);

        Repair(port);
        await EmptiedAsync(app);

        Assert.Equal(reports.Order(StringComparer.Ordinal), Arrived().Order(StringComparer.Ordinal));
        Assert.Equal(reports.Count, Counts(app).Resent);
    }

    [Theory]
    [InlineData("refuses")]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("206")]
    [InlineData("hangs")]
    public async Task The_spool_fills_to_its_bound_and_the_oldest_make_room(string fault)
    {
        var port = Break(fault);
        await using var app = await StartAsync(port, spoolLimit: 5);

        await FailManyAsync(app);
        await app.UntilAsync(() => Counts(app) is { Waiting: 0, Spooled: 5, Dropped: > 0, Sending: false }, "the spool is full");

        Assert.Equal(Messages, app.DeadLetters().Count);
        var kept = Directory.GetFiles(spool["applicationInsights"], "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).ToList();
        Repair(port);
        await EmptiedAsync(app);
        Assert.Equal(kept.Order(StringComparer.Ordinal), Arrived().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_worker_could_not_send_the_next_one_sends_at_its_start()
    {
        var port = Break("500");
        await using var app = await StartAsync(port, spoolLimit: 1000);
        await FailManyAsync(app);
        await app.StopWorkerAsync();
        var reports = Directory.GetFiles(spool["applicationInsights"], "*.json").Length;
        Assert.InRange(reports, 5, Messages);
        Repair(port);

        await app.StartWorkerAsync();

        await app.HappensAsync(() => Directory.GetFiles(spool["applicationInsights"], "*.json").Length == 0, "the next worker has sent them");
        Assert.Equal(reports, Arrived().Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(reports, Arrived().Count);
    }

    public void Dispose()
    {
        azure?.Dispose();
        spool.Dispose();
    }

    private static SinkCounts Counts(MayhemApp app) => app.Host.Services.GetRequiredService<ReportDispatcher>().Counts.Single();

    // A request is real, and so is the time it takes: a clock that moves meanwhile would cut it short, and it would be sent again.
    private static Task EmptiedAsync(MayhemApp app) => app.HappensAsync(
        () =>
        {
            var counts = Counts(app);
            if (!counts.Sending)
                app.Clock.Advance(TimeSpan.FromSeconds(1));
            return counts.Spooled == 0;
        },
        "the spool is empty again");

    private static async Task FailManyAsync(MayhemApp app)
    {
        for (var n = 0; n < Messages; n++)
            await app.SendAsync(MayhemApp.Message($"m-{n}", "restart everything"));
        await app.SettledAsync();
    }

    private int Break(string fault)
    {
        if (fault == "refuses")
            return LocalHttpServer.FreePort();
        azure = new LocalHttpServer
        {
            Answer = _ => fault switch
            {
                "500" => new LocalHttpAnswer(500),
                "429" => new LocalHttpAnswer(429, RetryAfter: "20"),
                "206" => new LocalHttpAnswer(206, Rejected),
                _ => LocalHttpAnswer.Hang,
            },
        };
        return azure.Port;
    }

    private void Repair(int port)
    {
        azure ??= new LocalHttpServer(port);
        azure.Answer = _ => new LocalHttpAnswer(200);
    }

    // Requests and traces go the SDK's own way, to the same endpoint.
    private List<string> Arrived() =>
    [
        .. azure!.Accepted.Select(request => request.Text()).Where(text => text.Contains("\"AppExceptions\"", StringComparison.Ordinal)).Select(text =>
        {
            using var item = JsonDocument.Parse(text);
            return item.RootElement.GetProperty("data").GetProperty("baseData").GetProperty("properties").GetProperty("reportId").GetString()!;
        }),
    ];

    private Task<MayhemApp> StartAsync(int port, int spoolLimit) => MayhemApp.StartAsync(
        MayhemAppOptions.With(("Mayhem:Reports:Spool:Directory", spool.Path), ("Mayhem:Reports:Spool:MaxReports", $"{spoolLimit}")) with
        {
            Compose = app =>
            {
                app.Services.RemoveAll<IExceptionReporter>();
                app.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:{port}/",
                }).Build());
                app.Services.AddMayhemTelemetry();
            },
        });
}
