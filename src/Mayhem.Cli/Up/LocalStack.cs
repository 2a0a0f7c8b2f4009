using Azure.Messaging.ServiceBus;
using Mayhem.Cli.Configuration;
using Mayhem.Functions;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Scheduling;
using Mayhem.Functions.Telemetry;
using Mayhem.Functions.Triggers;
using Mayhem.Ledger;
using Mayhem.Journal;
using Mayhem.Local.Broker;
using Mayhem.Local.Chaos;
using Mayhem.Local.Chaos.KillPoints;
using Mayhem.Local.Fleet;
using Mayhem.Local.FunctionsHost;
using Mayhem.Local.ServiceBus;
using Mayhem.Restarts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mayhem.Cli.Up;

/// <summary>Everything that stands in for Azure on one machine, with the function app on top. Opened from the bottom up, disposed of from the top down.</summary>
internal sealed class LocalStack : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> opened = new();

    private LocalStack()
    {
    }

    /// <summary>The queue that requests come from.</summary>
    public BrokerQueue Queue { get; private set; } = null!;

    /// <summary>What was restarted.</summary>
    public RunLedger Ledger { get; private set; } = null!;

    /// <summary>Reaches the queue as the SDK does.</summary>
    public ServiceBusClient Client { get; private set; } = null!;

    /// <summary>Sends to the queue.</summary>
    public ServiceBusSender Sender { get; private set; } = null!;

    /// <summary>Runs the function app.</summary>
    public EmbeddedFunctionsHost Host { get; private set; } = null!;

    /// <summary>The booting of the fleet: it goes on while messages are processed. Fails if a host does not start.</summary>
    public Task Booting { get; private set; } = Task.CompletedTask;

    /// <summary>Opens everything, and starts to process messages.</summary>
    /// <param name="settings">The settings of the app.</param>
    /// <param name="options">What the run was asked to do.</param>
    /// <param name="folder">Where everything is kept.</param>
    /// <param name="hosts">The fleet.</param>
    /// <param name="logging">Hears everything.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Gives up; nothing stays open.</param>
    /// <exception cref="Exception">Of many kinds: <see cref="StartErrors"/> tells what the user can do about them.</exception>
    public static async Task<LocalStack> OpenAsync(
        Settings settings, UpOptions options, RunFolder folder, IReadOnlyList<FleetHost> hosts, ILoggerProvider logging, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var stack = new LocalStack();
        try
        {
            await stack.OpenAllAsync(settings, options, folder, hosts, logging, clock, cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var last))
            await last.DisposeAsync();
    }

    private async Task OpenAllAsync(
        Settings settings, UpOptions options, RunFolder folder, IReadOnlyList<FleetHost> hosts, ILoggerProvider logging, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var killSwitch = options.DieAt is { } plan ? new KillSwitch(plan) : null;
        using var loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Information).AddProvider(logging));
        var app = App(settings.Configuration);
        var queueName = app.Queue;
        var queueOptions = LocalQueue.From(settings.Configuration, options.DuplicateWindow);
        var brokerOptions = new EmbeddedBrokerOptions
        {
            Folder = folder.Broker, Queues = new Dictionary<string, QueueOptions>(StringComparer.OrdinalIgnoreCase) { [queueName] = queueOptions },
            Journal = Journal(options, killSwitch, KillPoint.TornQueueWrite),
        };
        Check(brokerOptions);
        var broker = Opened(await EmbeddedBroker.OpenAsync(brokerOptions, clock, loggers.CreateLogger<EmbeddedBroker>()));
        Queue = broker.Queue(queueName);
        Ledger = Opened(await RunLedger.OpenAsync(app, folder, Journal(options, killSwitch, KillPoint.TornLedgerWrite), clock, loggers, cancellationToken));
        Client = Opened(new EmbeddedServiceBusClient(broker));
        Sender = Client.CreateSender(queueName);
        var fleet = Opened(new ProcessFleet(new FleetOptions { DataDirectory = folder.Fleet, Hosts = hosts }, clock, loggers.CreateLogger<ProcessFleet>()));
        Host = Opened(CreateHost(settings, folder, Client, hosts, new ChaosTarget(fleet, queueOptions.LockDuration, clock), killSwitch, logging, clock));

        // Before the fleet, whose processes take their time: bad configuration is told at once.
        Host.Services.GetRequiredService<IStartupValidator>().Validate();
        Host.Services.GetRequiredService<UncaughtExceptions>().Watch();
        Booting = fleet.StartAsync(cancellationToken);
        await Host.StartAsync(cancellationToken);
    }

    private EmbeddedFunctionsHost CreateHost(
        Settings settings, RunFolder folder, ServiceBusClient client, IReadOnlyList<FleetHost> hosts, IRestartTarget target, KillSwitch? killSwitch,
        ILoggerProvider logging, TimeProvider clock)
    {
        var options = new EmbeddedHostOptions
        {
            FunctionsAssembly = typeof(RestartFunction).Assembly,
            HostJsonPath = settings.HostJsonPath,
            Client = client,
            MessageActions = receiver => killSwitch is null
                ? new EmbeddedMessageActions(receiver)
                : killSwitch.Wrap(new EmbeddedMessageActions(receiver), () => Host.WorkerStopping.IsCancellationRequested),
            TimeProvider = clock,
            Logging = builder => builder.AddProvider(logging),
        };
        var configuration = WithReportsIn(folder, settings.Configuration);
        return EmbeddedFunctionsHost.Create(options, configuration, app =>
        {
            app.Services.AddSingleton(client);
            app.Services.AddSingleton(killSwitch?.Wrap(Ledger.Records) ?? Ledger.Records);
            app.Services.AddSingleton<IRequestArchive>(new ChaosArchive(Ledger.Archive));
            app.Services.AddSingleton(killSwitch?.Wrap(target) ?? target);
            if (killSwitch is not null)
                app.Services.AddSingleton(killSwitch.Wrap(Sender));
            if (FleetGroups.For(configuration, hosts) is { } groups)
                app.Services.AddSingleton(groups);
            app.Services.AddSingleton<ISchedulableHosts>(new FleetNames(hosts));
            app.AddMayhem(configuration);
        });
    }

    private static JournalOptions Journal(UpOptions options, KillSwitch? killSwitch, KillPoint torn)
    {
        var journal = new JournalOptions { AcceptLoss = options.AcceptLoss, Disk = killSwitch?.Disk(torn) ?? JournalDisk.Real };
        return options.CompactAfter is { } bytes ? journal with { CompactionMinimumBytes = bytes } : journal;
    }

    // Whoever looks for the reports of a run looks in its folder, so they are always kept there. What waits to be sent may wait elsewhere.
    private static IConfiguration WithReportsIn(RunFolder folder, IConfiguration configuration) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Mayhem:Reports:Spool:Directory"] = folder.Spool })
        .AddConfiguration(configuration)
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Mayhem:Reports:Archive:Directory"] = folder.Reports })
        .Build();

    private static MayhemOptions App(IConfiguration configuration)
    {
        var app = MayhemOptions.From(configuration);
        return app.Problems(hasTarget: true, hasLedger: true).FirstOrDefault() is { } problem ? throw new UsageException(problem) : app;
    }

    private static void Check(EmbeddedBrokerOptions options)
    {
        try
        {
            options.Validate();
        }
        catch (InvalidOperationException error)
        {
            throw new UsageException($"{MayhemOptions.QueueKey}: {error.Message}", error);
        }
    }

    private T Opened<T>(T part)
        where T : IAsyncDisposable
    {
        opened.Push(part);
        return part;
    }
}
