using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>Keeps log entries.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, EventId Event, string Text, Exception? Exception)> entries = new();

    public IReadOnlyList<(LogLevel Level, EventId Event, string Text, Exception? Exception)> Entries => [.. entries];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue((logLevel, eventId, formatter(state, exception), exception));
}
