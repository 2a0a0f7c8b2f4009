using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Reports;
using Microsoft.ApplicationInsights;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.ApplicationInsights.Extensibility;

namespace Mayhem.Functions.Tests.Telemetry;

public sealed class ApplicationInsightsReporterTests : IDisposable
{
    private readonly RecordingChannel channel = new();
    private readonly TelemetryConfiguration configuration;
    private readonly ApplicationInsightsReporter reporter;

    public ApplicationInsightsReporterTests()
    {
        configuration = new TelemetryConfiguration
        {
            TelemetryChannel = channel, ConnectionString = "InstrumentationKey=00000000-0000-0000-0000-000000000001",
        };
        reporter = new ApplicationInsightsReporter(new TelemetryClient(configuration));
    }

    [Fact]
    public void Report_AFailure_IsOneExceptionWithItsChainAndItsData()
    {
        reporter.Report(SomeReport.Of(ReportKind.Final, ("host", "cattle-0001"), ("attempt", "3")));

        var sent = Assert.IsType<ExceptionTelemetry>(Assert.Single(channel.Sent));
        Assert.Equal(["outer", "inner"], sent.ExceptionDetailsInfoList.Select(info => info.Message));
        Assert.Equal("f00d", sent.ProblemId);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", sent.Context.Operation.Id);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), sent.Timestamp);
        Assert.Equal("cattle-0001", sent.Properties["host"]);
        Assert.Equal("0198", sent.Properties["reportId"]);
        Assert.Equal("Transient", sent.Properties["class"]);
        Assert.Equal("3", sent.Properties["attempt"]);
        Assert.Equal(3, sent.Metrics["attempt"]);
        Assert.DoesNotContain("host", sent.Metrics.Keys);
    }

    [Theory]
    [InlineData(ReportKind.Retry, SeverityLevel.Warning)]
    [InlineData(ReportKind.Tolerated, SeverityLevel.Warning)]
    [InlineData(ReportKind.Final, SeverityLevel.Error)]
    [InlineData(ReportKind.Unhandled, SeverityLevel.Error)]
    [InlineData(ReportKind.ProcessFatal, SeverityLevel.Critical)]
    public void Report_OfAKind_HasItsSeverity(ReportKind kind, SeverityLevel severity)
    {
        reporter.Report(SomeReport.Of(kind));

        Assert.Equal(severity, Assert.IsType<ExceptionTelemetry>(channel.Sent[0]).SeverityLevel);
    }

    [Fact]
    public void Report_DataBeyondTheLimits_IsCut()
    {
        reporter.Report(SomeReport.Of(ReportKind.Final, (new string('n', 200), new string('v', 9000))));

        var (name, value) = Assert.IsType<ExceptionTelemetry>(channel.Sent[0]).Properties.Single(pair => pair.Key.StartsWith('n'));
        Assert.Equal(150, name.Length);
        Assert.Equal(8192, value.Length);
    }

    [Fact]
    public async Task FlushAsync_AChannelThatCannotBeAwaited_IsFlushed()
    {
        await reporter.FlushAsync(CancellationToken.None);

        Assert.Equal(1, channel.Flushes);
    }

    public void Dispose()
    {
        configuration.Dispose();
        channel.Dispose();
    }
}
