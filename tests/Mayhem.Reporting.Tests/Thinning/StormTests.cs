using System.Collections.Concurrent;
using Mayhem.Observation;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Sinks;
using Mayhem.Reporting.Thinning;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Reporting.Tests.Thinning;

/// <summary>A storm through everything that reports pass through. Measures the memory of the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(StormTests), DisableParallelization = true)]
[Collection(nameof(StormTests))]
public sealed class StormTests : IReportSink
{
    private readonly ConcurrentQueue<ReportDocument> arrived = new();

    string IReportSink.Name => "test";

    [Fact]
    public async Task Report_TenThousandFailuresASecond_MakesFewReports_WithTrueCounts_InBoundedMemory()
    {
        const int seconds = 10;
        const int perSecond = 10_000;
        var clock = new ManualTimeProvider(SomeReport.At);
        var failure = SomeReport.Of(new IOException("no disk"));
        var dispatcher = new ReportDispatcher(
            [(this, new OutletOptions())], new ReportDocuments(new ProcessState(new InFlightMessages(), clock)), new StormThinning(clock), clock, () => 0.5,
            NullLogger<ReportDispatcher>.Instance);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var second = 0; second < seconds; second++)
        {
            Parallel.For(0, perSecond, _ => dispatcher.Report(failure with { Exception = new IOException("no disk") }));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        await dispatcher.FlushAsync(CancellationToken.None);
        await dispatcher.DisposeAsync();

        Assert.Equal(seconds * perSecond, arrived.Sum(document => 1L + document.Unreported));
        Assert.InRange(arrived.Count, 10, 40);
        Assert.InRange(grown, long.MinValue, 8 * 1024 * 1024);
    }

    Task IReportSink.SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        arrived.Enqueue(report);
        return Task.CompletedTask;
    }
}
