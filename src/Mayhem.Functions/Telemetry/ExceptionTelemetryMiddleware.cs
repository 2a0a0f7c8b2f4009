using System.Reflection;
using Mayhem.Failures;
using Mayhem.Redaction;
using Mayhem.Reports;
using Mayhem.Shutdown;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Telemetry;

/// <summary>
/// The last handler, outermost in the pipeline: reports every exception that nobody else has reported, once, and lets it go on to the host, without
/// what is secret in its texts.
/// A request to end is no failure and passes. Whatever goes wrong here is logged beside the original and never hides it.
/// </summary>
public sealed class ExceptionTelemetryMiddleware(
    IExceptionReporter reporter,
    ReportedExceptions reported,
    FailureRules rules,
    IWorkerTerminator terminator,
    TimeProvider timeProvider,
    ILogger<ExceptionTelemetryMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc />
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        LogTrail.Begin();
        Exception? instead = null;
        try
        {
            await next(context);
        }
        catch (Exception exception) when ((instead = Told(context, exception)) is not null)
        {
            throw instead;
        }
    }

    // In a filter: an exception that has nothing secret in it goes on without being caught and thrown again.
    // The host logs what it is thrown, in places that no redaction of ours reaches.
    private RedactedException? Told(FunctionContext context, Exception exception)
    {
        Tell(context, exception);
        return RedactedException.Of(exception) as RedactedException;
    }

    private void Tell(FunctionContext context, Exception exception)
    {
        try
        {
            var failure = Unwrap(exception);
            var asked = failure is OperationCanceledException && context.CancellationToken.IsCancellationRequested;
            if (asked || !reported.TryMark(exception))
                return;
            var (rule, cause) = rules.Match(failure);
            if (rule.Class == FailureClass.ProcessFatal)
                terminator.Terminate($"{cause.GetType().Name} escaped invocation {context.InvocationId}.");
            reporter.Report(Report(context, failure, rule.Class));
        }
        catch (Exception error)
        {
            Log.ReportingFailed(logger, new AggregateException(exception, error), context.InvocationId);
        }
    }

    private ExceptionReport Report(FunctionContext context, Exception failure, FailureClass failureClass)
    {
        var now = timeProvider.GetUtcNow();
        return new ExceptionReport
        {
            Id = ReportIds.New(now),
            At = now,
            Kind = ReportKind.Unhandled,
            Class = failureClass,
            Exception = failure,
            Fingerprint = Fingerprints.Of(failure),
            OperationId = Operations.IdOf(context),
            Domain = InvocationDomain.Of(context),
            Trail = LogTrail.Current,
        };
    }

    // The worker's reflection executor wraps what a function throws; its generated one does not.
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };
}
