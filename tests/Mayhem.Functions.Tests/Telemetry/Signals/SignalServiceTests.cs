using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Telemetry.Signals;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Ledger;
using Mayhem.Observation;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Dispatch;
using Mayhem.Reporting.Thinning;
using Mayhem.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Functions.Tests.Telemetry.Signals;

public sealed class SignalServiceTests : IAsyncDisposable
{
    private readonly ManualTimeProvider time = new();
    private readonly ProcessingCounters counters = new();
    private readonly InFlightMessages inFlight = new();
    private readonly RecordingLogger<SignalService> logger = new();
    private readonly PeekedReceiver receiver = new();
    private readonly EmbeddedLedger ledger;
    private readonly ReportDispatcher reports;
    private readonly SignalService service;
    private readonly int timersBefore;

    public SignalServiceTests()
    {
        ledger = EmbeddedLedger.InMemory(time);
        reports = new ReportDispatcher(
            [(new IdleSink(), new OutletOptions())], new ReportDocuments(new ProcessState(inFlight, time)), new StormThinning(time), time, () => 0.5, NullLogger<ReportDispatcher>.Instance);
        var options = MayhemOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("MayhemQueue", "restarts")]).Build());
        service = new SignalService(counters, inFlight, reports, ledger, new PeekedClient(receiver), options, time, logger);
        timersBefore = time.TimerCount;
    }

    [Fact]
    public async Task EachMinute_TellsWhatWasCountedInIt()
    {
        await service.StartAsync(CancellationToken.None);
        counters.Count(ProcessingEvent.Received);
        counters.Count(ProcessingEvent.Received);
        counters.Count(ProcessingEvent.LockLost);
        using var message = inFlight.Enter("m1", time);
        await MinuteAsync(1);
        counters.Count(ProcessingEvent.Received);
        await MinuteAsync(2);

        var told = Texts(2060);
        Assert.StartsWith("In the last 60 s: 2 messages received", told[0], StringComparison.Ordinal);
        Assert.Contains("0 locks renewed, 1 lost;", told[0], StringComparison.Ordinal);
        Assert.EndsWith("1 are in flight.", told[0], StringComparison.Ordinal);
        Assert.StartsWith("In the last 60 s: 1 messages received", told[1], StringComparison.Ordinal);
        Assert.Contains(", 0 lost;", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachMinute_TellsTheAgeOfTheOldestActiveMessage_AndTheSpools()
    {
        receiver.Messages =
        [
            Message(ServiceBusMessageState.Scheduled, enqueued: time.GetUtcNow() - TimeSpan.FromDays(1)),
            Message(ServiceBusMessageState.Active, enqueued: time.GetUtcNow() - TimeSpan.FromSeconds(30)),
            Message(ServiceBusMessageState.Active, enqueued: time.GetUtcNow() - TimeSpan.FromSeconds(90)),
        ];
        await service.StartAsync(CancellationToken.None);
        await MinuteAsync(1);

        Assert.Equal(["The oldest message of queue restarts has been there for 150 s."], Texts(2061));
        Assert.Equal(["idle: 0 reports wait in the spool; since the start 0 were dropped and 0 tries failed."], Texts(2063));
    }

    [Fact]
    public async Task QueueThatCannotBePeeked_IsTold_AndLookedAtAgain()
    {
        receiver.Failure = new ServiceBusException("gone", ServiceBusFailureReason.ServiceCommunicationProblem);
        await service.StartAsync(CancellationToken.None);
        await MinuteAsync(1);
        receiver.Failure = null;
        await MinuteAsync(2);

        Assert.Single(Texts(2062));
        Assert.Equal(["The oldest message of queue restarts has been there for 0 s."], Texts(2061));
    }

    [Fact]
    public async Task EachMinute_TellsThatRestartsAreHalted_UntilTheyAreNot()
    {
        await ledger.HaltAsync("storm in the data centre", "ops@example.net", CancellationToken.None);
        await service.StartAsync(CancellationToken.None);
        await MinuteAsync(1);
        await ledger.ResumeAsync("ops@example.net", CancellationToken.None);
        await MinuteAsync(2);

        Assert.Equal("All restarts are halted by ops@example.net since 11/20/2026 12:00:00 +00:00: storm in the data centre", Assert.Single(Texts(2064)));
    }

    [Fact]
    public async Task Stop_TellsTheRest()
    {
        await service.StartAsync(CancellationToken.None);
        counters.Count(ProcessingEvent.Restarted);
        time.Advance(TimeSpan.FromSeconds(10));

        await service.StopAsync(CancellationToken.None);

        Assert.StartsWith("In the last 10 s: 0 messages received, 1 hosts restarted", Assert.Single(Texts(2060)), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await service.StopAsync(CancellationToken.None);
        service.Dispose();
        await reports.DisposeAsync();
        await ledger.DisposeAsync();
        counters.Dispose();
    }

    // The service begins, and goes on after its timer, on the pool.
    private async Task MinuteAsync(int minute)
    {
        await Eventually.HoldsAsync(() => time.TimerCount > timersBefore, "the service waits for its minute");
        time.Advance(SignalService.Every);
        await Eventually.HoldsAsync(() => receiver.Peeks == minute && Texts(2061).Count + Texts(2062).Count == minute, "the service has told the minute");
    }

    private List<string> Texts(int eventId) => [.. logger.Entries.Where(entry => entry.Event.Id == eventId).Select(entry => entry.Text)];

    private static ServiceBusReceivedMessage Message(ServiceBusMessageState state, DateTimeOffset enqueued) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(messageId: "m", enqueuedTime: enqueued, serviceBusMessageState: state);

    private sealed class IdleSink : Mayhem.Reporting.Sinks.IReportSink
    {
        public string Name => "idle";

        public Task SendAsync(Mayhem.Reporting.Document.ReportDocument report, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class PeekedReceiver : ServiceBusReceiver
    {
        private int peeks;

        public IReadOnlyList<ServiceBusReceivedMessage> Messages { get; set; } = [];

        public Exception? Failure { get; set; }

        public int Peeks => Volatile.Read(ref peeks);

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
            int maxMessages, long? fromSequenceNumber = default, CancellationToken cancellationToken = default)
        {
            Assert.Equal(0, fromSequenceNumber);
            Interlocked.Increment(ref peeks);
            return Failure is null ? Task.FromResult(Messages) : Task.FromException<IReadOnlyList<ServiceBusReceivedMessage>>(Failure);
        }
    }

    private sealed class PeekedClient(PeekedReceiver receiver) : ServiceBusClient
    {
        public override ServiceBusReceiver CreateReceiver(string queueName)
        {
            Assert.Equal("restarts", queueName);
            return receiver;
        }
    }
}
