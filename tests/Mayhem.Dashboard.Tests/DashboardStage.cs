using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.Breakers;
using Mayhem.Dashboard.Live;
using Mayhem.Dashboard.Queues;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Operators;
using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Local.ServiceBus;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Folders;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Dashboard.Tests;

/// <summary>A dashboard on a free port over a real queue in memory, a ledger and a folder of reports.</summary>
internal sealed class DashboardStage : IAsyncDisposable
{
    public const string Queue = "restarts";

    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedBroker broker;
    private readonly ReportFolder reports;
    private DashboardServer? server;

    private DashboardStage(EmbeddedBroker broker)
    {
        this.broker = broker;
        Client = new EmbeddedServiceBusClient(broker);
        reports = new ReportFolder(new ReportFolderOptions(folder["reports"]));
        Ledger = EmbeddedLedger.InMemory(TimeProvider.System);
        Audit = new OperatorAuditFile(folder["operators.jsonl"], TimeProvider.System);
        Engine = new EngineView(
            new ProcessingCounters(), new InFlightMessages(),
            new TargetGroups(new HostGroups(new Dictionary<string, string>(StringComparer.Ordinal)), new BreakerOptions(), new JitterSource(new Random(1)), TimeProvider.System, NullLogger<TargetGroups>.Instance), Stopping.Token);
    }

    public EmbeddedServiceBusClient Client { get; }

    public EmbeddedLedger Ledger { get; }

    public OperatorAuditFile Audit { get; }

    public EngineView Engine { get; }

    public CancellationTokenSource Stopping { get; } = new();

    public BrokerQueue Broker => broker.Queue(Queue);

    public DashboardServer Server => server!;

    public Uri Url => new($"http://127.0.0.1:{Server.Port}/");

    public static async Task<DashboardStage> OpenAsync(DashboardOptions? options = null, Func<DashboardSources, DashboardSources>? change = null)
    {
        var queue = new QueueOptions { DuplicateDetectionWindow = TimeSpan.FromHours(1), LockDuration = TimeSpan.FromMinutes(5), MaxDeliveryCount = 20 };
        var opened = await EmbeddedBroker.OpenAsync(
            new EmbeddedBrokerOptions { Queues = new Dictionary<string, QueueOptions>(StringComparer.OrdinalIgnoreCase) { [Queue] = queue } }, TimeProvider.System,
            NullLogger<EmbeddedBroker>.Instance);
        var stage = new DashboardStage(opened);
        var sources = stage.Sources();
        stage.server = await DashboardServer.StartAsync(
            change is null ? sources : change(sources), options ?? new DashboardOptions { Port = 0, ShowValues = true, Operator = "tester" }, TimeProvider.System, NullLoggerProvider.Instance,
            CancellationToken.None);
        return stage;
    }

    /// <summary>A client that reads and changes, with the page's token if asked.</summary>
    public async Task<HttpClient> HttpAsync(bool withToken = false)
    {
        var http = new HttpClient { BaseAddress = Url };
        if (withToken)
            http.DefaultRequestHeaders.Add("X-Mayhem-Token", await TokenAsync(http));
        return http;
    }

    /// <summary>The token that the page is told.</summary>
    public static async Task<string> TokenAsync(HttpClient http)
    {
        var page = await http.GetStringAsync("/");
        var start = page.IndexOf("mayhem-token\" content=\"", StringComparison.Ordinal) + "mayhem-token\" content=\"".Length;
        return page[start..page.IndexOf('"', start)];
    }

    /// <summary>Makes dead letters as the engine does, about hosts in turn.</summary>
    public async Task KillAsync(int count, string reason = "RetriesExhausted", string? host = null, string fingerprint = "f00d", string? reportId = null)
    {
        const int AtOnce = 500;
        for (var made = 0; made < count; made += AtOnce)
        {
            var batch = Enumerable.Range(made, Math.Min(AtOnce, count - made)).Select(number => Request($"{reason}-{fingerprint}-{number}", host ?? $"host-{number % 20:00}")).ToList();
            await Broker.SendAsync(batch, CancellationToken.None);
            var received = await Broker.ReceiveAsync(Mayhem.Local.Broker.SubQueue.None, batch.Count, ReceiveMode.PeekLock, TimeSpan.Zero, CancellationToken.None);
            await Task.WhenAll(received.Select(message => Broker.DeadLetterAsync(message.LockToken, reason, "all attempts are used up", Stamps(reason, fingerprint, reportId), CancellationToken.None)));
        }
    }

    /// <summary>Keeps a report of a failure with frames and values.</summary>
    public ReportDocument Report(string host, string fingerprint = "f00d", ReportKind kind = ReportKind.Final, string id = "")
    {
        var report = new ReportDocument
        {
            Id = id.Length > 0 ? id : Guid.CreateVersion7().ToString("N"),
            At = TimeProvider.System.GetUtcNow(),
            Kind = kind,
            Class = FailureClass.Transient,
            Fingerprint = fingerprint,
            Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = host, ["requestId"] = "r-1", ["attempt"] = "4" },
            Exceptions =
            [
                new ReportedException("Mayhem.Restarts.RestartFailedException", $"The restart of '{host}' ended with exit code 137.", -2146233088, null,
                [
                    new ReportedFrame("ProcessFleet.WatchAsync(RestartOrder order)", "Mayhem.Local.Fleet.ProcessFleet", "Mayhem.Local", "/src/Mayhem.Local/Fleet/ProcessFleet.cs", 61, InOurCode: true,
                        [new ReportedValue("order", "RestartOrder", "{ Host = " + host + " }")], [new ReportedValue("exitCode", "Int32", "137")]),
                    new ReportedFrame("Task.WaitAsync()", "System.Threading.Tasks.Task", "System.Private.CoreLib", null, 0, InOurCode: false, [], []),
                    new ReportedFrame("Task.Other()", "System.Threading.Tasks.Task", "System.Private.CoreLib", null, 0, InOurCode: false, [], []),
                ], []),
            ],
            Breadcrumbs = [new Breadcrumb(TimeProvider.System.GetUtcNow(), "Warning", "Mayhem.MessageProcessor", "The boot took too long.")],
            History = [new FailureHistoryEntry("Transient", "System.TimeoutException", fingerprint, TimeProvider.System.GetUtcNow(), "vm/1", 2)],
        };
        reports.Add(report);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        await Client.DisposeAsync();
        await broker.DisposeAsync();
        await Ledger.DisposeAsync();
        Stopping.Dispose();
        folder.Dispose();
    }

    /// <summary>A request for a restart.</summary>
    public static MessageContent Request(string id, string host) => new()
    {
        MessageId = id,
        CorrelationId = id,
        Body = Encoding.UTF8.GetBytes($$"""{"version":1,"requestId":"{{id}}","host":"{{host}}","group":"web","requester":"ops@example.net","reason":"stuck"}"""),
    };

    private DashboardSources Sources() => new()
    {
        Place = "a test",
        Queue = Queue,
        Client = Client,
        Depths = _ => Task.FromResult(Depths()),
        DeadLetterNumbers = () => Broker.SequenceNumbers(Mayhem.Local.Broker.SubQueue.DeadLetter),
        Engine = Engine,
        Bench = new DeadLetterBench(Client, Queue, Audit, TimeProvider.System),
        Ledger = Ledger,
        ReportFolders = [folder["reports"]],
        Rules = new FailureRules(DefaultFailureRules.All),
    };

    private QueueDepths Depths()
    {
        var counts = Broker.Counts;
        return new QueueDepths(counts.Active, counts.Locked, counts.Scheduled, counts.Deferred, counts.DeadLettered);
    }

    private static Dictionary<string, object> Stamps(string reason, string fingerprint, string? reportId)
    {
        var stamps = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [MessageProperties.Reason] = reason,
            [MessageProperties.Fingerprint] = fingerprint,
            [MessageProperties.ExceptionType] = "Mayhem.Restarts.RestartFailedException",
            [MessageProperties.Attempt] = 4,
            [MessageProperties.FailedAt] = TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            [MessageProperties.History] = FailureHistory.Append(null, new FailureHistoryEntry("Transient", "System.TimeoutException", fingerprint, TimeProvider.System.GetUtcNow(), "vm/1", 2)),
        };
        if (reportId is not null)
            stamps[MessageProperties.ReportId] = reportId;
        return stamps;
    }
}
