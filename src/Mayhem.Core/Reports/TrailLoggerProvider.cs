using Mayhem.Recovery;
using Mayhem.Redaction;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Reports;

/// <summary>Keeps what is logged in the <see cref="LogTrail"/> of whatever is being done. Costs next to nothing where there is none.</summary>
/// <param name="timeProvider">The clock.</param>
public sealed class TrailLoggerProvider(TimeProvider timeProvider) : ILoggerProvider
{
    private const int LongestLine = 500;

    // Lines about earlier reports would only repeat these.
    private const string Reporting = "Mayhem.Reporting";

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(Reporting, StringComparison.Ordinal) ? NullLogger.Instance : new TrailLogger(categoryName, timeProvider);

    /// <summary>Nothing to dispose of.</summary>
    public void Dispose()
    {
    }

    private sealed class TrailLogger(string category, TimeProvider timeProvider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && LogTrail.Current is { HasEnded: false };

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (LogTrail.Current is not { HasEnded: false } trail || logLevel == LogLevel.None)
                return;
            var text = formatter(state, exception);
            if (exception is not null)
                text = $"{text} {exception.GetType().Name}: {Redactor.MessageOf(exception)}";
            trail.Add(new LogLine(timeProvider.GetUtcNow(), logLevel, category, BoundedText.Cut(Redactor.Text(text), LongestLine)));
        }
    }
}
