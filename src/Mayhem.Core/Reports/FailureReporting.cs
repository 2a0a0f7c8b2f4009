using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Recovery;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reports;

/// <summary>Tells of failures that the processor dealt with, once each. Its own failure is logged next to the original and hurts nobody.</summary>
public sealed class FailureReporting(IExceptionReporter reporter, ReportedExceptions reported, TimeProvider timeProvider, ILogger<FailureReporting> logger)
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    /// <summary>Reports a failure with everything of the domain that helps.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="kind">What became of it.</param>
    /// <param name="delivery">The delivery it happened in.</param>
    /// <param name="request">The request; null if the body could not be read.</param>
    /// <param name="progress">How far the message has come.</param>
    /// <param name="verdict">What was decided, in a few words.</param>
    /// <param name="delay">How long the next attempt waits; null if there is none, or it names no delay.</param>
    public void Report(Failure failure, ReportKind kind, Delivery delivery, RestartRequest? request, MessageProgress progress, string verdict, TimeSpan? delay = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        try
        {
            // Not asked whether it was marked before: one exception object can be behind the failures of many messages, as that of a connection or a disk which is broken for good.
            reported.TryMark(failure.Exception);
            reporter.Report(new ExceptionReport
            {
                Id = failure.ReportId,
                At = failure.At,
                Kind = kind,
                Class = failure.Class,
                Exception = failure.Exception,
                Fingerprint = failure.Fingerprint,
                OperationId = delivery.OperationId,
                Domain = new FailureDomain(failure, delivery, request, progress, verdict, delay),
                History = progress.History,
                Trail = LogTrail.Current,
            });
        }
        catch (Exception error)
        {
            Log.ReportFailed(logger, new AggregateException(failure.Exception, error), failure.ReportId);
        }
    }

    /// <summary>Reports what went wrong with a delivery; nothing if nothing did.</summary>
    internal void Report(MessageRun run, ReportKind kind, Verdict verdict)
    {
        if (run.Failure is { } failure)
            Report(failure, kind, run.Delivery, run.Request, run.Progress, verdict.Summary, verdict.DelayFrom(failure.At));
    }

    /// <summary>Waits until reports have been sent, 5 s at most. Never throws.</summary>
    public async Task FlushAsync()
    {
        using var limit = new CancellationTokenSource(FlushLimit, timeProvider);
        try
        {
            await reporter.FlushAsync(limit.Token).WaitAsync(FlushLimit, timeProvider);
        }
        catch (Exception error)
        {
            Log.FlushFailed(logger, error);
        }
    }
}
