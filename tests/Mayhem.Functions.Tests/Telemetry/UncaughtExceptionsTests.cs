using System.Runtime.CompilerServices;
using Mayhem.Failures;
using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Hosting;

namespace Mayhem.Functions.Tests.Telemetry;

public sealed class UncaughtExceptionsTests : IHostApplicationLifetime, IDisposable
{
    private readonly RecordingReporter reporter = new();
    private readonly RecordingLogger<UncaughtExceptions> logger = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly ReportedExceptions reported = new();

    CancellationToken IHostApplicationLifetime.ApplicationStarted => CancellationToken.None;

    CancellationToken IHostApplicationLifetime.ApplicationStopping => stopping.Token;

    CancellationToken IHostApplicationLifetime.ApplicationStopped => CancellationToken.None;

    [Fact]
    public void TellUnhandled_AnException_IsReportedAndSentBeforeTheProcessEnds()
    {
        using var uncaught = Watching(reporter);

        uncaught.TellUnhandled(new InvalidOperationException("boom"));

        var report = Assert.Single(reporter.Reports);
        Assert.Equal(ReportKind.Unhandled, report.Kind);
        Assert.StartsWith("unhandled", report.Domain[UncaughtExceptions.Hook], StringComparison.Ordinal);
        Assert.Equal(1, reporter.Flushes);
    }

    [Fact]
    public void TellUnhandled_ReportedBefore_IsNotReportedAgain_ButSent()
    {
        using var uncaught = Watching(reporter);
        var exception = new InvalidOperationException("boom");
        reported.TryMark(exception);

        uncaught.TellUnhandled(exception);

        Assert.Empty(reporter.Reports);
        Assert.Equal(1, reporter.Flushes);
    }

    [Fact]
    public void TellUnhandled_ARequestToEnd_IsNoFailure_UnlessNobodyAsked()
    {
        using var uncaught = Watching(reporter);

        uncaught.TellUnhandled(new TaskCanceledException());
        Assert.Single(reporter.Reports);
        stopping.Cancel();
        uncaught.TellUnhandled(new OperationCanceledException());

        Assert.Single(reporter.Reports);
    }

    [Fact]
    public void TellUnhandled_ReportingFails_IsLoggedNextToTheOriginal_AndThrowsNothing()
    {
        using var uncaught = Watching(new RecordingReporter { Failure = new IOException("no disk") });
        var original = new InvalidOperationException("boom");

        uncaught.TellUnhandled(original);

        var both = Assert.IsType<AggregateException>(logger.Entries[0].Exception);
        Assert.Equal([original, both.InnerExceptions[1]], both.InnerExceptions);
        Assert.IsType<IOException>(both.InnerExceptions[1]);
        Assert.Equal(2, logger.Entries.Count);
    }

    [Fact]
    public async Task Watch_ATaskThatNobodyAwaited_IsReportedOnce()
    {
        using var uncaught = Watching(reporter);
        uncaught.Watch();

        Forget("lost");
        await Eventually.HoldsAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Lost() > 0;
            },
            "the exception has been seen", TimeSpan.FromSeconds(30));

        Assert.Equal(1, Lost());
    }

    void IHostApplicationLifetime.StopApplication()
    {
    }

    public void Dispose() => stopping.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(string message) => _ = Task.FromException(new InvalidOperationException(message));

    // Other tests of this process may lose exceptions as well.
    private int Lost() => reporter.Reports.ToArray().Count(report => report.Exception.Message == "lost");

    private UncaughtExceptions Watching(IExceptionReporter to) => new(to, reported, new FailureRules(DefaultFailureRules.All), this, new ManualTimeProvider(), logger);
}
