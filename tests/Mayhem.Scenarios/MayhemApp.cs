using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Messaging.ServiceBus;
using Mayhem.Functions;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Local.Broker;
using Mayhem.Local.FunctionsHost;
using Mayhem.Local.ServiceBus;
using Mayhem.Observation;
using Mayhem.Reports;
using Mayhem.Restarts;
using Mayhem.Shutdown;
using Mayhem.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Scenarios;

/// <summary>
/// The whole application in this process: an embedded broker and ledger in memory, the Functions host, and Mayhem as it is composed in Azure.
/// Hosts, reports and the clock are the scenario's.
/// </summary>
public sealed class MayhemApp : IAsyncDisposable
{
    /// <summary>The name of the queue.</summary>
    public const string QueueName = "restarts";

    private static readonly JsonSerializerOptions LeaveOutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly TemporaryFolder folder = new();
    private readonly MayhemAppOptions options;
    private ServiceBusSender? sender;
    private WireEnd? wireEnd;

    private MayhemApp(MayhemAppOptions options)
    {
        this.options = options;
        Time = options.RealClock ? TimeProvider.System : new ManualTimeProvider();
        Archive = new ScriptedArchive(() => Ledger);
    }

    /// <summary>The clock of everything.</summary>
    public TimeProvider Time { get; }

    /// <summary>The clock, to be moved by hand.</summary>
    public ManualTimeProvider Clock => (ManualTimeProvider)Time;

    public EmbeddedBroker Broker { get; private set; } = null!;

    public EmbeddedServiceBusClient Client { get; private set; } = null!;

    public EmbeddedFunctionsHost Host { get; private set; } = null!;

    public BrokerQueue Queue => Broker.Queue(QueueName);

    public EmbeddedLedger Ledger { get; private set; } = null!;

    public ScriptedArchive Archive { get; }

    public ScriptedTarget Target { get; } = new();

    public ScriptedWire Wire { get; } = new();

    public RecordingReporter Reporter { get; } = new();

    public RecordingTerminator Terminator { get; } = new();

    public RecordingLogs Logs { get; } = new();

    /// <summary>What the engine has counted since the worker started.</summary>
    public ProcessingCounters Counters { get; private set; } = null!;

    /// <summary>The invocations that have ended, of all workers.</summary>
    public ConcurrentQueue<InvocationEndedEventArgs> Invocations { get; } = new();

    /// <summary>Starts everything.</summary>
    public static async Task<MayhemApp> StartAsync(MayhemAppOptions? options = null)
    {
        var app = new MayhemApp(options ?? new MayhemAppOptions());
        var queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal) { [QueueName] = app.options.Queue };
        app.Broker = await EmbeddedBroker.OpenAsync(new EmbeddedBrokerOptions { Queues = queues }, app.Time, NullLogger<EmbeddedBroker>.Instance);
        app.Client = new EmbeddedServiceBusClient(app.Broker);
        app.sender = app.Client.CreateSender(QueueName);
        await app.OpenLedgerAsync();
        await app.StartWorkerAsync();
        return app;
    }

    /// <summary>Starts a worker where there is none, or after <see cref="StopWorkerAsync"/>: a new process, as far as the application can tell.</summary>
    public async Task StartWorkerAsync()
    {
        var sessions = options.Queue.RequiresSession;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [MayhemOptions.QueueKey] = QueueName,
            [MayhemOptions.SessionsKey] = $"{sessions}",
            [FunctionSwitches.KeyOf(sessions ? RestartFunction.Name : RestartInSessionFunction.Name)] = "true",
        };
        foreach (var (key, value) in options.Settings)
            settings[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var end = wireEnd = new WireEnd(Wire);
        var hostOptions = new EmbeddedHostOptions
        {
            FunctionsAssembly = (options.Function ?? typeof(RestartFunction)).Assembly,
            Includes = type => options.Function is null || type == options.Function,
            HostJsonPath = HostJsonPath(),
            Client = Client,
            MessageActions = end.Actions,
            SessionActions = end.SessionActions,
            TimeProvider = Time,
            Logging = logging => logging.AddProvider(Logs),
        };
        Host = EmbeddedFunctionsHost.Create(hostOptions, configuration, app => Compose(app, configuration, end));
        Counters = Host.Services.GetRequiredService<ProcessingCounters>();
        Host.InvocationEnded += (_, ended) => Invocations.Enqueue(ended);
        await Host.StartAsync();
    }

    /// <summary>Stops the worker as the Functions host does. Time is moved while it drains.</summary>
    public async Task StopWorkerAsync()
    {
        var stopped = Host.DisposeAsync().AsTask();
        await UntilAsync(() => stopped.IsCompleted, "the worker has stopped");
        await stopped;
    }

    /// <summary>
    /// Ends the worker as <c>kill -9</c> does: nothing that it still does reaches the broker or the ledger. Needs <see cref="MayhemAppOptions.LedgerOnDisk"/>,
    /// for the next worker reads the ledger anew. The locks of the dead have run out at the end.
    /// </summary>
    public async Task KillWorkerAsync()
    {
        wireEnd!.Cut();
        await Ledger.DisposeAsync();
        await StopWorkerAsync();
        await OpenLedgerAsync();
        Clock.Advance(Queue.Options.LockDuration);
    }

    /// <summary>A request to restart a host, as the publisher sends it.</summary>
    public static ServiceBusMessage Request(string requestId, string host, DateTimeOffset? notAfter = null) =>
        Message(requestId, JsonSerializer.Serialize(new { version = 1, requestId, host, group = "web", requester = "scenario", reason = "test", notAfter }, LeaveOutNulls));

    /// <summary>A message with this body.</summary>
    public static ServiceBusMessage Message(string id, string body) => new(body) { MessageId = id, CorrelationId = id, ContentType = "application/json" };

    /// <summary>Sends a request to restart a host; on a queue with sessions, in the session of the host.</summary>
    public Task SendAsync(string requestId, string host)
    {
        var request = Request(requestId, host);
        if (options.Queue.RequiresSession)
            request.SessionId = host;
        return SendAsync(request);
    }

    /// <summary>Sends a message.</summary>
    public Task SendAsync(ServiceBusMessage message) => sender!.SendMessageAsync(message);

    /// <summary>Waits until the queue holds nothing but dead letters and nothing is running. Time is moved meanwhile.</summary>
    public Task SettledAsync() => UntilAsync(
        () => Queue.Counts is { Active: 0, Locked: 0, Scheduled: 0, Deferred: 0 } && Host.InFlight == 0, "every message is settled");

    /// <summary>Waits until nothing is running and nothing ready to be received; no time passes. Messages may be scheduled.</summary>
    public Task QuietAsync() => HappensAsync(() => Queue.Counts is { Active: 0, Locked: 0 } && Host.InFlight == 0, "nothing is running");

    /// <summary>
    /// Waits until something holds. A clock that is moved by hand is moved meanwhile, so little at a time that nothing misses its time:
    /// a tenth of a second, or a whole one while no message is locked, and not while anything is seen to be done.
    /// </summary>
    public Task UntilAsync(Func<bool> condition, string what)
    {
        var polls = 0;
        var seen = (0, 0, 0);
        return HappensAsync(
            () =>
            {
                if (condition())
                    return true;
                var done = (Logs.Lines.Count, Wire.Calls.Count, Target.Tries);
                polls = done == seen ? polls + 1 : 0;
                seen = done;
                if (polls > 3 && !options.RealClock)
                    Clock.Advance(TimeSpan.FromMilliseconds(Queue.Counts is { Active: 0, Locked: 0 } ? 1000 : 100));
                return false;
            },
            what);
    }

    /// <summary>Waits until something holds that needs no time to pass. Fails with what the queue holds and what was logged.</summary>
    public async Task HappensAsync(Func<bool> condition, string what)
    {
        try
        {
            await Eventually.HoldsAsync(condition, what, TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(string.Join(Environment.NewLine, [late.Message, $"{Queue.Counts}, {Host.InFlight} in flight", .. Logs.Lines.TakeLast(40)]), late);
        }
    }

    /// <summary>The dead letters, oldest first.</summary>
    public IReadOnlyList<BrokeredMessage> DeadLetters() => Queue.Peek(Mayhem.Local.Broker.SubQueue.DeadLetter, 0, 1000);

    /// <summary>The messages in the queue, oldest first.</summary>
    public IReadOnlyList<BrokeredMessage> Messages() => Queue.Peek(Mayhem.Local.Broker.SubQueue.None, 0, 1000);

    /// <summary>The ledger's entry of a request.</summary>
    public async Task<LedgerEntry?> EntryAsync(string requestId) => await Ledger.FindAsync(requestId, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        await Client.DisposeAsync();
        await Broker.DisposeAsync();
        await Ledger.DisposeAsync();
        folder.Dispose();
    }

    private string HostJsonPath()
    {
        if (options.HostJson is null)
            return Path.Combine(AppContext.BaseDirectory, "host.json");
        File.WriteAllText(folder["host.json"], options.HostJson);
        return folder["host.json"];
    }

    private async Task OpenLedgerAsync() => Ledger = options.LedgerOnDisk
        ? await EmbeddedLedger.OpenAsync(folder["ledger"], options: null, Time, NullLogger.Instance)
        : EmbeddedLedger.InMemory(Time);

    private void Compose(IFunctionsWorkerApplicationBuilder app, IConfiguration configuration, WireEnd end)
    {
        app.Services.AddSingleton(end.Sender(sender!));
        app.Services.AddSingleton(new Random(20261121));
        app.Services.AddSingleton<IRestartTarget>(Target);
        app.Services.AddSingleton<ILedger>(Ledger);
        app.Services.AddSingleton<IRequestArchive>(Archive);
        app.Services.AddSingleton<IExceptionReporter>(Reporter);
        app.Services.AddSingleton<IWorkerTerminator>(Terminator);
        options.Compose?.Invoke(app);
        app.AddMayhem(configuration);
    }
}
