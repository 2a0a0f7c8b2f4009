using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Tests.Doubles;
using Mayhem.Reporting.Thinning;
using Mayhem.Reports;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Dispatch;

/// <summary>Ten seconds of 10,000 failures a second, while one sink works, one fails and one hangs.</summary>
public sealed class StormTests : IDisposable
{
    private const int Threads = 4;
    private const int FailuresOfThread = 25_000;
    private const int QueueLimit = 50;
    private const int SpoolLimit = 20;

    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Report_AHundredThousandFailuresOfFewCauses_AreAFewReports_WithTrueCounts(int causes)
    {
        var working = new ScriptedSink();
        var unreported = 0L;
        working.Before = (report, _) => Task.FromResult(unreported += report.Unreported);

        await using var dispatcher = Dispatcher(queueLimit: 1000, working);
        await StormAsync(dispatcher, (thread, n) => $"cause {(thread + n) % causes}");
        await dispatcher.FlushAsync(CancellationToken.None);

        Assert.InRange(working.Arrived.Count, 10 * causes, 30 * causes);
        Assert.Equal(Threads * FailuresOfThread, working.Arrived.Count + unreported);
    }

    [Fact]
    public async Task Report_AHundredThousandFailures_OfASinkThatFailsAndOneThatHangs_KeepToTheirBounds_AndNoneIsUnaccountedFor()
    {
        var working = new ScriptedSink();
        var failing = new ScriptedSink();
        failing.Break();
        var hanging = new ScriptedSink { Before = (_, cancelled) => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancelled) };

        await using var dispatcher = Dispatcher(QueueLimit, working, failing, hanging);
        await StormAsync(dispatcher, (thread, n) => $"cause {thread}-{n / 10}");
        await Eventually.HoldsAsync(() => dispatcher.Counts.Take(2).All(count => count.Waiting == 0), "the sinks that answer have no more to do");

        var counts = dispatcher.Counts;
        var told = counts[0].Sent + counts[0].Dropped;
        Assert.Equal((1L, SpoolLimit), (counts[1].Failed, counts[1].Spooled));
        Assert.InRange(counts[2].Waiting, 1, QueueLimit + 1);
        Assert.All(counts, count => Assert.Equal(told, count.Sent + count.Dropped + count.Waiting + count.Spooled));
        Assert.InRange(Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).Length, SpoolLimit, 2 * SpoolLimit);
    }

    public void Dispose() => folder.Dispose();

    private static Task StormAsync(ReportDispatcher dispatcher, Func<int, int, string> fingerprint) => Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
    {
        var failure = SomeReport.Of(new TimeoutException("no answer"), ReportKind.Final);
        for (var n = 0; n < FailuresOfThread; n++)
            dispatcher.Report(failure with { Id = SomeDocument.Id((thread * FailuresOfThread) + n), Fingerprint = fingerprint(thread, n) });
    })));

    private ReportDispatcher Dispatcher(int queueLimit, params ScriptedSink[] sinks) => new(
        sinks.Select((sink, index) => ((Mayhem.Reporting.Sinks.IReportSink)sink, new OutletOptions
        {
            QueueLimit = queueLimit, Spool = new ReportFolderOptions(folder[$"{index}"]) { MaxReports = SpoolLimit },
        })),
        Documents.For(clock), new StormThinning(clock), clock, () => 0.5, new RecordingLogger<ReportDispatcher>());
}
