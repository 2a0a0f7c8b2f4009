using System.Collections.Concurrent;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Reports;
using Mayhem.Shutdown;
using Microsoft.Extensions.Logging;

namespace Mayhem.Scenarios;

/// <summary>Keeps every report.</summary>
public sealed class RecordingReporter : IExceptionReporter
{
    private int flushes;

    /// <summary>The reports, in order.</summary>
    public ConcurrentQueue<ExceptionReport> Reports { get; } = new();

    /// <summary>How often it was flushed.</summary>
    public int Flushes => flushes;

    /// <inheritdoc />
    public void Report(ExceptionReport report) => Reports.Enqueue(report);

    /// <inheritdoc />
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref flushes);
        return Task.CompletedTask;
    }
}

/// <summary>Keeps why the worker was to end, and ends nothing.</summary>
public sealed class RecordingTerminator : IWorkerTerminator
{
    /// <summary>The reasons, in order.</summary>
    public ConcurrentQueue<string> Reasons { get; } = new();

    /// <inheritdoc />
    public void Terminate(string reason) => Reasons.Enqueue(reason);
}

/// <summary>An archive that fails as often as the scenario says, and else saves.</summary>
public sealed class ScriptedArchive(Func<IRequestArchive> inner) : IRequestArchive
{
    private readonly ConcurrentQueue<Func<Exception>> failures = new();

    /// <summary>Makes the next tries to save fail.</summary>
    public void Fail(Func<Exception> failure, int times = 1)
    {
        for (var i = 0; i < times; i++)
            failures.Enqueue(failure);
    }

    /// <inheritdoc />
    public ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken) =>
        failures.TryDequeue(out var failure) ? ValueTask.FromException(failure()) : inner().SaveAsync(request, messageId, cancellationToken);
}

/// <summary>Keeps what is logged, for assertions and for the message of a scenario that fails.</summary>
public sealed class RecordingLogs : ILoggerProvider
{
    /// <summary>The lines, in order.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Recorder(this);

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private sealed class Recorder(RecordingLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Lines.Enqueue($"{logLevel} {eventId.Id}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
    }
}
