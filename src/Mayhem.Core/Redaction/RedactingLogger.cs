using Microsoft.Extensions.Logging;

namespace Mayhem.Redaction;

/// <summary>Hands log lines on without their secrets. Lines that have none go on as they are, formatted once for all who listen.</summary>
internal sealed class RedactingLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel))
            return;
        var text = formatter(state, exception);
        var shown = Redactor.Text(text);
        var shownException = exception is null ? null : RedactedException.Of(exception);
        if (shown == text && RedactedState.IsClean(state))
            inner.Log(logLevel, eventId, state, shownException, (_, _) => text);
        else
            inner.Log(logLevel, eventId, RedactedState.Of(state, shown), shownException, static (redacted, _) => redacted.ToString());
    }
}
