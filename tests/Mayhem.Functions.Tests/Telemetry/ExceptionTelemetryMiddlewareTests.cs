using System.Reflection;
using Mayhem.Failures;
using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Redaction;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Tests.Telemetry;

public class ExceptionTelemetryMiddlewareTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private readonly RecordingReporter reporter = new();
    private readonly ReportedExceptions reported = new();
    private readonly RecordingTerminator terminator = new();
    private readonly RecordingLogger<ExceptionTelemetryMiddleware> logger = new();

    [Fact]
    public async Task Invoke_NothingThrown_ReportsNothing()
    {
        await Middleware().Invoke(new TestContext(), _ => Task.CompletedTask);

        Assert.Empty(reporter.Reports);
    }

    [Fact]
    public async Task Invoke_AnExceptionEscapes_IsReportedOnceWithTheMessagesData_AndGoesOn()
    {
        var context = new TestContext
        {
            TraceParent = $"00-{Trace}-b7ad6b7169203331-01",
            Data = { ["MessageId"] = "\"m-1\"", ["DeliveryCount"] = 3, ["Other"] = "x" },
        };
        var original = new InvalidOperationException("boom");

        var escaped = await Assert.ThrowsAsync<InvalidOperationException>(() => Run(context, original));

        Assert.Same(original, escaped);
        var report = Assert.Single(reporter.Reports);
        Assert.Same(original, report.Exception);
        Assert.Equal(ReportKind.Unhandled, report.Kind);
        Assert.Equal(Trace, report.OperationId);
        Assert.Equal("m-1", report.Domain["messageId"]);
        Assert.Equal("3", report.Domain["deliveryCount"]);
        Assert.Equal("invocation-1", report.Domain["invocationId"]);
        Assert.Equal("RestartHost", report.Domain["function"]);
        Assert.DoesNotContain("other", report.Domain.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Invoke_WrappedByTheExecutor_IsReportedUnwrapped_AndThrownWrapped()
    {
        var original = new InvalidOperationException("boom");
        var wrapped = new AggregateException(new TargetInvocationException(original));

        Assert.Same(wrapped, await Assert.ThrowsAsync<AggregateException>(() => Run(new TestContext(), wrapped)));

        Assert.Same(original, Assert.Single(reporter.Reports).Exception);
    }

    [Fact]
    public async Task Invoke_TheInvocationWasCancelled_IsNoFailure()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(new TestContext(cancelled.Token), new OperationCanceledException()));

        Assert.Empty(reporter.Reports);
    }

    [Fact]
    public async Task Invoke_CancelledByNobodyWeKnow_IsAFailure()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(new TestContext(), new TaskCanceledException()));

        Assert.Single(reporter.Reports);
    }

    [Fact]
    public async Task Invoke_TheCauseWasReportedBefore_IsNotReportedAgain()
    {
        var cause = new InvalidOperationException("boom");
        reported.TryMark(cause);

        await Assert.ThrowsAsync<TimeoutException>(() => Run(new TestContext(), new TimeoutException("wrapper", cause)));

        Assert.Empty(reporter.Reports);
    }

    [Fact]
    public async Task Invoke_ReportingFails_TheOriginalGoesOn_AndBothAreLogged()
    {
        var original = new InvalidOperationException("boom");
        var reportersOwn = new IOException("no disk");

        var escaped = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Middleware(new RecordingReporter { Failure = reportersOwn }).Invoke(new TestContext(), _ => throw original));

        Assert.Same(original, escaped);
        var logged = Assert.IsType<AggregateException>(Assert.Single(logger.Entries).Exception);
        Assert.Equal([original, reportersOwn], logged.InnerExceptions);
    }

    [Fact]
    public async Task Invoke_AnExceptionThatEndsTheProcessEscapes_EndsTheWorker()
    {
        await Assert.ThrowsAsync<OutOfMemoryException>(() => Run(new TestContext(), new OutOfMemoryException()));

        Assert.Contains("OutOfMemoryException", terminator.Reason, StringComparison.Ordinal);
        Assert.Equal(FailureClass.ProcessFatal, Assert.Single(reporter.Reports).Class);
    }

    [Fact]
    public async Task Invoke_ASecretInTheException_IsNotThrownToTheHost()
    {
        var original = new InvalidOperationException("boom", new IOException("AccountKey=hunter2;EndpointSuffix=x"));

        var escaped = await Assert.ThrowsAsync<RedactedException>(() => Run(new TestContext(), original));

        Assert.Same(original, Assert.Single(reporter.Reports).Exception);
        Assert.DoesNotContain("hunter2", escaped.ToString(), StringComparison.Ordinal);
        Assert.Contains("AccountKey=(redacted)", escaped.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_WhatIsLoggedMeanwhile_IsOnTheTrailOfTheReport_AndOfNoOther()
    {
        using var logging = new TrailLoggerProvider(new ManualTimeProvider());
        var inner = logging.CreateLogger("Inner");

        await Assert.ThrowsAsync<IOException>(() => Middleware().Invoke(new TestContext(), async _ =>
        {
            await Task.Yield();
            inner.LogInformation("on the way");
            throw new IOException("no disk");
        }));
        inner.LogInformation("elsewhere");
        await Assert.ThrowsAsync<TimeoutException>(() => Run(new TestContext(), new TimeoutException("no answer")));

        Assert.Equal(["on the way"], reporter.Reports[0].Trail!.Lines().Select(line => line.Text));
        Assert.Empty(reporter.Reports[1].Trail!.Lines());
        Assert.Null(LogTrail.Current);
    }

    private Task Run(TestContext context, Exception thrown) => Middleware().Invoke(context, _ => Task.FromException(thrown));

    private ExceptionTelemetryMiddleware Middleware(IExceptionReporter? other = null) =>
        new(other ?? reporter, reported, new FailureRules(DefaultFailureRules.All), terminator, new ManualTimeProvider(), logger);
}
