using Mayhem.Failures;
using Mayhem.Reports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Telemetry;

/// <summary>
/// Reports what no handler sees: exceptions that end the process, and those of tasks that nobody awaited. One that ends the process is sent before it does;
/// it then dies as it would have. Requests to end are no failures. Whatever goes wrong here is told next to the original.
/// </summary>
public sealed class UncaughtExceptions(
    IExceptionReporter reporter,
    ReportedExceptions reported,
    FailureRules rules,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider,
    ILogger<UncaughtExceptions> logger) : IDisposable
{
    /// <summary>The data of a report that says which hook saw the exception.</summary>
    public const string Hook = "hook";

    /// <summary>How long the end of the process is held up for its last report.</summary>
    public static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(3);

    /// <summary>Watches this process until it is disposed of. To be called once, by whoever the process belongs to.</summary>
    public void Watch()
    {
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    /// <summary>Reports an exception that ends the process, and waits until the report is sent.</summary>
    internal void TellUnhandled(Exception exception)
    {
        Tell(exception, "unhandled exception; the process ends");
        try
        {
            // The thread is the dying one: the others go on sending.
            using var limit = new CancellationTokenSource(FlushLimit, timeProvider);
            Task.Run(() => reporter.FlushAsync(limit.Token)).WaitAsync(FlushLimit, timeProvider).GetAwaiter().GetResult();
        }
        catch (Exception error)
        {
            Confess(() => Log.NotFlushed(logger, FlushLimit, error), exception, error);
        }
    }

    /// <summary>Reports the exception of a task that nobody awaited.</summary>
    internal void TellUnobserved(AggregateException exception) =>
        Tell(exception.InnerExceptions is [var only] ? only : exception, "exception of a task that nobody awaited");

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs unhandled) =>
        TellUnhandled(unhandled.ExceptionObject as Exception ?? new InvalidOperationException($"Something was thrown that is no exception: {unhandled.ExceptionObject.GetType()}."));

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved) => TellUnobserved(unobserved.Exception);

    private void Tell(Exception exception, string hook)
    {
        try
        {
            if (IsRequestToEnd(exception) || !reported.TryMark(exception))
                return;
            var now = timeProvider.GetUtcNow();
            reporter.Report(new ExceptionReport
            {
                Id = ReportIds.New(now),
                At = now,
                Kind = ReportKind.Unhandled,
                Class = rules.Match(exception).Rule.Class,
                Exception = exception,
                Fingerprint = Fingerprints.Of(exception),
                Domain = new Dictionary<string, string>(StringComparer.Ordinal) { [Hook] = hook },
                Trail = LogTrail.Current,
            });
        }
        catch (Exception error)
        {
            Confess(() => Log.HookFailed(logger, new AggregateException(exception, error), hook), exception, error);
        }
    }

    private bool IsRequestToEnd(Exception exception) =>
        lifetime.ApplicationStopping.IsCancellationRequested && ExceptionChain.Of(exception).Any(link => link is OperationCanceledException);

    // The process may be too broken for its log.
    private static void Confess(Action log, Exception original, Exception error)
    {
        try
        {
            log();
        }
        catch (Exception unlogged)
        {
            Console.Error.WriteLine($"{original.GetType()} could not be reported ({error.GetType()}), nor that be logged ({unlogged.GetType()}).");
        }
    }
}
