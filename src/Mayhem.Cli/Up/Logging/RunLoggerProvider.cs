using System.Collections.Frozen;
using Mayhem.Redaction;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Up.Logging;

/// <summary>Sends every log entry to the run's file, and warnings and errors to the notice board as well. Nothing is written to the console.</summary>
internal sealed class RunLoggerProvider(LogFile file, NoticeBoard notices, TimeProvider clock) : ILoggerProvider
{
    // Reports of failures and failed invocations: what became of the message has been told in fewer words by then.
    private static readonly FrozenSet<int> Repetitions = FrozenSet.Create(5000, 3205);

    // In the log the report of a dead letter is its error. Here it is this line.
    private const int DeadLettered = 1003;

    private bool brokenOnce;

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new RunLogger(this, categoryName);

    /// <summary>Does nothing: who opened the file closes it, after the last entry of the shutdown.</summary>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, EventId id, string category, string text, Exception? exception)
    {
        var now = clock.GetUtcNow();

        // The app redacts its own log; the broker, the fleet and the run log past it.
        text = Redactor.Text(text);
        exception = exception is null ? null : RedactedException.Of(exception);
        if (file.Write(now, level, category, text, exception) is { } failure && !Interlocked.Exchange(ref brokenOnce, true))
            notices.Add(new Notice(now, LogLevel.Error, $"The log cannot be written: {OneLine(failure.Message)}"));
        if (id.Id == DeadLettered)
            notices.Add(new Notice(now, LogLevel.Error, OneLine(text)));
        else if (level >= LogLevel.Warning && !Repetitions.Contains(id.Id))
            notices.Add(new Notice(now, level, OneLine(text)));
    }

    private static string OneLine(string text) => Terminal.Printable(text.ReplaceLineEndings(" "));

    private sealed class RunLogger(RunLoggerProvider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(logLevel, eventId, category, formatter(state, exception), exception);
    }
}
