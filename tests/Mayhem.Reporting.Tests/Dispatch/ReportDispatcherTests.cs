using Mayhem.Observation;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Sinks;
using Mayhem.Reporting.Tests.Doubles;
using Mayhem.Reporting.Thinning;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting.Tests.Dispatch;

public sealed class ReportDispatcherTests : IAsyncDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly ScriptedSink one = new();
    private readonly ScriptedSink other = new();
    private readonly RecordingLogger<ReportDispatcher> logger = new();
    private readonly ReportDispatcher dispatcher;

    public ReportDispatcherTests() => dispatcher = new ReportDispatcher(
        [(one, new OutletOptions()), (other, new OutletOptions())], Documents.For(clock), new StormThinning(clock), clock, () => 0.5, logger);

    [Fact]
    public async Task Report_AFailure_ReachesEverySinkOnce_AndIsOneLogLine()
    {
        var report = SomeReport.Of(new TimeoutException("no answer"), ReportKind.Final);

        dispatcher.Report(report);
        await dispatcher.FlushAsync(CancellationToken.None);

        Assert.Equal([report.Id], one.Arrived);
        Assert.Equal([report.Id], other.Arrived);
        Assert.Equal(LogLevel.Error, Assert.Single(logger.Lines).Level);
    }

    [Fact]
    public async Task Report_ASinkThatThrowsAndOneThatHangs_CostTheOthersNothing()
    {
        one.Before = (_, _) => throw new InvalidOperationException("broken");
        await using var three = new ReportDispatcher(
            [(one, new OutletOptions()), (new HangingSink(), new OutletOptions()), (other, new OutletOptions())], Documents.For(clock), new StormThinning(clock), clock, () => 0.5, logger);

        three.Report(SomeReport.Of(new TimeoutException("no answer")));

        await Eventually.HoldsAsync(
            () => three.Counts is [{ Failed: 1, Waiting: 0 }, { Failed: 0, Waiting: 1 }, { Sent: 1, Waiting: 0 }], "one has failed, one hangs, and one has the report");
        Assert.Single(other.Arrived);
    }

    [Fact]
    public async Task Report_AStorm_IsThinned_AndReportsAndCountsAddUp()
    {
        var unreported = 0;
        one.Before = (report, _) => Task.FromResult(unreported += report.Unreported);

        for (var n = 0; n < 1000; n++)
            dispatcher.Report(SomeReport.WithFingerprint("storm"));
        await dispatcher.FlushAsync(CancellationToken.None);

        Assert.InRange(one.Arrived.Count, 10, 30);
        Assert.Equal(1000, one.Arrived.Count + unreported);
    }

    [Fact]
    public async Task Report_AStormThatEnds_TellsTheRestByItself()
    {
        for (var n = 0; n < 15; n++)
            dispatcher.Report(SomeReport.WithFingerprint("storm"));
        await Eventually.HoldsAsync(() => one.Arrived.Count == 10, "the first ones have arrived");

        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return one.Arrived.Count == 11;
            },
            "the last one arrives, and stands for the rest");
    }

    [Theory]
    [InlineData(ReportKind.Retry, LogLevel.Warning, false)]
    [InlineData(ReportKind.Tolerated, LogLevel.Warning, false)]
    [InlineData(ReportKind.Final, LogLevel.Error, true)]
    [InlineData(ReportKind.Unhandled, LogLevel.Error, true)]
    [InlineData(ReportKind.ProcessFatal, LogLevel.Critical, true)]
    public void Write_OfAKind_IsOneLineAtItsLevel_WithTheFramesWhereSomebodyMustLook(ReportKind kind, LogLevel level, bool frames)
    {
        new ReportLog(logger).Write(SomeDocument.Of(1, kind));

        var line = Assert.Single(logger.Lines);
        Assert.Equal(level, line.Level);
        Assert.Contains(SomeDocument.Id(1), line.Text, StringComparison.Ordinal);
        Assert.Contains("System.TimeoutException: no answer", line.Text, StringComparison.Ordinal);
        Assert.Contains("host=web-3", line.Text, StringComparison.Ordinal);
        Assert.Equal(frames, line.Text.Contains("at Fleet.Restart(String host) in Fleet.cs:line 17", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => dispatcher.DisposeAsync();

    private sealed class HangingSink : IReportSink
    {
        public string Name => "hanging";

        public Task SendAsync(Mayhem.Reporting.Document.ReportDocument report, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
