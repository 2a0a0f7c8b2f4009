using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Shutdown;
using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Reports;
using Mayhem.Restarts;
using Mayhem.Testing;
using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Tests;

/// <summary>The app as a host composes it, with nothing replaced but the network.</summary>
public class CompositionTests
{
    private readonly RecordingReporter reporter = new();

    [Fact]
    public async Task Invoke_ARequest_IsCarriedOutAsADryRun_AndCompleted()
    {
        await using var app = App();
        await app.StartAsync();

        await app.InvokeAsync(Message("""{"version":1,"requestId":"r-1","host":"cattle-0001","group":"web","requester":"me","reason":"why"}"""));

        Assert.Equal(["complete m-1"], app.Actions.Calls);
        var entry = await app.Provider.GetRequiredService<ILedger>().FindAsync("r-1", CancellationToken.None);
        Assert.Equal(RestartState.WouldRestart, entry?.State);
        Assert.Empty(reporter.Reports);
    }

    [Fact]
    public async Task Invoke_Poison_IsDeadLettered_ShownAsFailed_AndReportedOnce()
    {
        await using var app = App();
        await app.StartAsync();

        var shown = await Assert.ThrowsAsync<MessageDeadLetteredException>(() => app.InvokeAsync(Message("restart everything")));

        Assert.Equal(["dead-letter m-1"], app.Actions.Calls);
        Assert.Equal("Poison", app.Actions.Reason);
        Assert.False(app.Actions.Token.CanBeCanceled);
        Assert.Contains("Poison", shown.Message, StringComparison.Ordinal);
        var report = Assert.Single(reporter.Reports);
        Assert.Equal(ReportKind.Final, report.Kind);
        Assert.Same(report.Exception, shown.InnerException);
    }

    [Fact]
    public async Task Invoke_AThrottledTarget_SchedulesACopy_ThenCompletes()
    {
        await using var app = App(services => services
            .AddSingleton<IRestartTarget>(new ThrottledTarget())
            .AddSingleton<ILedger>(provider => EmbeddedLedger.InMemory(TimeProvider.System)));
        await app.StartAsync();

        await app.InvokeAsync(Message("""{"version":1,"requestId":"r-1","host":"cattle-0001","requester":"me"}"""));

        Assert.Equal("m-1:-1:r1", Assert.Single(app.Scheduled).Message.MessageId);
        Assert.Equal(["complete m-1"], app.Actions.Calls);
        Assert.Equal(ReportKind.Retry, Assert.Single(reporter.Reports).Kind);
    }

    [Fact]
    public async Task Invoke_Poison_WithApplicationInsights_IsOneExceptionThere_AndALogLine()
    {
        using var azure = new LocalHttpServer();
        using var channel = new RecordingChannel();
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["MayhemQueue"] = "restarts",
            ["Mayhem:Reports:Spool:Directory"] = folder.Path,
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={azure.Url}",
        };
        await using var app = new TestApp(settings, services => services.AddSingleton<ITelemetryChannel>(channel).AddMayhemTelemetry());
        await app.StartAsync();

        await Assert.ThrowsAsync<MessageDeadLetteredException>(() => app.InvokeAsync(Message("restart everything")));
        await app.Provider.GetRequiredService<IExceptionReporter>().FlushAsync(CancellationToken.None);

        var exception = Assert.Single(azure.Accepted).Text();
        Assert.Contains("\"class\":\"Poison\"", exception, StringComparison.Ordinal);
        Assert.Contains("\"messageId\":\"m-1\"", exception, StringComparison.Ordinal);
        Assert.Empty(channel.Sent.OfType<ExceptionTelemetry>());
        Assert.Empty(channel.Sent.OfType<DependencyTelemetry>());
        Assert.Contains(channel.Sent.OfType<TraceTelemetry>(), trace => trace.Message.Contains("dead-lettered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddMayhem_TheWorkersRepetitionOfAReportedException_IsNotLogged()
    {
        await using var app = App(services => services.AddLogging(logging => logging.AddProvider(new EverythingLogger())));
        var loggers = app.Provider.GetRequiredService<ILoggerFactory>();

        Assert.False(loggers.CreateLogger("Microsoft.Azure.Functions.Worker.FunctionsApplication").IsEnabled(LogLevel.Error));
        Assert.True(loggers.CreateLogger("Microsoft.Azure.Functions.Worker").IsEnabled(LogLevel.Error));
    }

    [Fact]
    public async Task AddMayhem_GivesTheHostTimeToDrain()
    {
        await using var app = App();

        Assert.Equal(new ShutdownOptions().Total, app.Provider.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
        Assert.Single(app.Provider.GetServices<IHostedService>().OfType<DrainService>());
    }

    [Fact]
    public async Task AddMayhem_DryRunAskedFor_ReplacesTheRegisteredTarget()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["MayhemQueue"] = "restarts", ["Mayhem:DryRun"] = "true" };
        await using var app = new TestApp(settings, services => services.AddSingleton<IRestartTarget>(new ThrottledTarget()));

        Assert.IsType<DryRunTarget>(app.Provider.GetRequiredService<IRestartTarget>());
    }

    private TestApp App(Action<IServiceCollection>? before = null) => new(before: services =>
    {
        services.AddSingleton<IExceptionReporter>(reporter);
        before?.Invoke(services);
    });

    private static ServiceBusReceivedMessage Message(string body)
    {
        var now = TimeProvider.System.GetUtcNow();
        return ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString(body), messageId: "m-1", deliveryCount: 1, enqueuedTime: now, lockedUntil: now.AddMinutes(1), lockTokenGuid: Guid.NewGuid());
    }

    private sealed class EverythingLogger : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new RecordingLogger<EverythingLogger>();

        public void Dispose()
        {
        }
    }

    private sealed class ThrottledTarget : IRestartTarget
    {
        public Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken) =>
            throw new RestartThrottledException("slow down", TimeSpan.FromMinutes(2));

        public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult<IssuedRestart?>(null);
    }
}
