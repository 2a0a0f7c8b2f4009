using Mayhem.Failures;
using Mayhem.Reports;
using Microsoft.Extensions.Logging;

namespace Mayhem.Core.Tests.Reports;

public sealed class SafeReportersTests
{
    private readonly Reporter broken = new() { Failure = new IOException("no disk") };
    private readonly Reporter sound = new();
    private readonly Logged logger = new();

    [Fact]
    public void Report_OneReporterFails_TheOthersStillGetTheReport_AndBothFailuresAreLogged()
    {
        var report = Some();

        Both().Report(report);

        Assert.Equal([report], sound.Reports);
        var logged = Assert.IsType<AggregateException>(Assert.Single(logger.Exceptions));
        Assert.Equal([report.Exception, broken.Failure!], logged.InnerExceptions);
    }

    [Fact]
    public async Task FlushAsync_OneReporterFails_TheOthersAreFlushed_AndTheFailureIsLogged()
    {
        await Both().FlushAsync(CancellationToken.None);

        Assert.True(sound.Flushed);
        Assert.Equal([broken.Failure], logger.Exceptions);
    }

    [Fact]
    public async Task FlushAsync_AReporterThatIgnoresTheToken_IsNotWaitedFor()
    {
        using var limit = new CancellationTokenSource();
        var endless = new Reporter { Flushing = new TaskCompletionSource().Task };

        var flush = new SafeReporters([endless], logger).FlushAsync(limit.Token);
        Assert.False(flush.IsCompleted);
        await limit.CancelAsync();
        await flush;

        Assert.IsAssignableFrom<OperationCanceledException>(Assert.Single(logger.Exceptions));
    }

    private SafeReporters Both() => new([broken, sound], logger);

    private static ExceptionReport Some() => new()
    {
        Id = "1", At = DateTimeOffset.UnixEpoch, Kind = ReportKind.Final, Class = FailureClass.Fatal, Exception = new InvalidOperationException("x"), Fingerprint = "f",
    };

    private sealed class Reporter : IExceptionReporter
    {
        public Exception? Failure { get; init; }

        public Task Flushing { get; init; } = Task.CompletedTask;

        public List<ExceptionReport> Reports { get; } = [];

        public bool Flushed { get; private set; }

        public void Report(ExceptionReport report)
        {
            if (Failure is not null)
                throw Failure;
            Reports.Add(report);
        }

        public Task FlushAsync(CancellationToken cancellationToken)
        {
            if (Failure is not null)
                throw Failure;
            Flushed = true;
            return Flushing;
        }
    }

    private sealed class Logged : ILogger<SafeReporters>
    {
        public List<Exception?> Exceptions { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Exceptions.Add(exception);
    }
}
