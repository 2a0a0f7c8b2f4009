using Mayhem.Redaction;
using Microsoft.Extensions.Logging;

namespace Mayhem.Core.Tests.Redaction;

public sealed class RedactingLoggerTests : IDisposable
{
    private readonly Recording recording = new();

    [Fact]
    public void Log_NothingSecret_GoesOnAsItIs()
    {
        var failure = new TimeoutException("no answer");

        Logger().LogWarning(failure, "Host {Host} failed", "web-3");

        var (text, state, exception) = Assert.Single(recording.Lines);
        Assert.Equal("Host web-3 failed", text);
        Assert.Same(failure, exception);
        Assert.Contains(KeyValuePair.Create("Host", (object?)"web-3"), Values(state));
    }

    [Fact]
    public void Log_ASecretInALine_IsInNoneOfItsParts()
    {
        Logger().LogWarning(
            new InvalidOperationException($"sig={Secrets.Value}"), "{Number}: {Setting} for {Exception}", 7, $"Password={Secrets.Value}", new IOException($"pwd={Secrets.Value}"));

        var (text, state, exception) = Assert.Single(recording.Lines);
        Assert.StartsWith("7: Password=(redacted) for", text, StringComparison.Ordinal);
        Assert.Equal("sig=(redacted)", exception!.Message);
        Assert.Equal(7, Values(state).Single(pair => pair.Key == "Number").Value);
        Assert.DoesNotContain(Secrets.Value, $"{text}{exception}{string.Join(' ', Values(state))}", StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ASecretInAValueThatTheLineDoesNotShow_IsTakenOutOfIt()
    {
        Logger().Log(LogLevel.Warning, default, new List<KeyValuePair<string, object?>> { new("Header", $"Bearer {Secrets.Value}") }, exception: null, (_, _) => "refused");

        var (text, state, _) = Assert.Single(recording.Lines);
        Assert.Equal("refused", text);
        Assert.Equal("Bearer (redacted)", Assert.Single(Values(state)).Value);
    }

    [Fact]
    public void Log_NobodyListens_FormatsNothing() =>
        Logger().Log(LogLevel.Trace, default, 0, exception: null, (_, _) => throw new InvalidOperationException("formatted for nobody"));

    public void Dispose() => recording.Dispose();

    private static IReadOnlyList<KeyValuePair<string, object?>> Values(object? state) => Assert.IsAssignableFrom<IReadOnlyList<KeyValuePair<string, object?>>>(state);

    private ILogger Logger() => new RedactingLoggerFactory(recording).CreateLogger("test");

    private sealed class Recording : ILoggerFactory, ILogger
    {
        public List<(string Text, object? State, Exception? Exception)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((formatter(state, exception), state, exception));

        public void Dispose()
        {
        }
    }
}
