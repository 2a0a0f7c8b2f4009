using Mayhem.Breakers;
using Mayhem.Guards;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Core.Tests.Guards;

public sealed class RestartGuardsTests
{
    [Fact]
    public async Task RecordAsync_ARefusal_IsToldWithTheGuardTheGroupAndWhoAsked()
    {
        var logger = new RecordingLogger();
        await using var ledger = EmbeddedLedger.InMemory(new ManualTimeProvider());
        var book = new GuardBook(new HostGroups(new Dictionary<string, string>(StringComparer.Ordinal)), new GuardOptions(), new Dictionary<string, GuardOptions>(StringComparer.Ordinal));
        var guards = new RestartGuards(book, new SameForAllHosts(dryRun: false), ledger, logger);
        var request = new RestartRequest { RequestId = "r-1", Host = "web-1", Requester = "ops@example.net" };

        await guards.RecordAsync(request, book.OfHost("web-1"), new GuardRefusal(Guard.Budget, "3 restarts in 01:00:00", "All 3 are used up."), operationId: null, "retry later");

        var (told, text, values) = Assert.Single(logger.Lines);
        Assert.Equal("GuardRefused", told.Name);
        Assert.Equal("Request r-1: the guard Budget refuses to restart host web-1 of group default, asked for by ops@example.net: retry later. All 3 are used up. (3 restarts in 01:00:00)", text);
        Assert.Equal((Guard.Budget, "default"), (values["Guard"], values["Group"]));
        Assert.Single(await ledger.ListRefusalsAsync(default).ToListAsync());
    }

    private sealed class RecordingLogger : ILogger<RestartGuards>
    {
        public List<(EventId Event, string Text, Dictionary<string, object?> Values)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(
            (eventId, formatter(state, exception), ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)));
    }
}
