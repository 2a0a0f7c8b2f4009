using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Mayhem.Cli.Configuration;
using Mayhem.Cli.DoctorCommand;
using Mayhem.Cli.Up;
using Mayhem.Dashboard;
using Mayhem.Dashboard.Queues;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Operators;
using Mayhem.Functions.Configuration;
using Mayhem.Ledger;
using Mayhem.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>Reaches a queue in Azure, and the ledger of its app if that is in PostgreSQL. The engine runs elsewhere, and is not known.</summary>
internal static class NamespaceSources
{
    /// <summary>Reaches it, with whatever identity the environment offers.</summary>
    /// <exception cref="UsageException">The namespace does not answer, or does not know the queue.</exception>
    public static async Task<OpenedSources> OpenAsync(
        string name, Settings settings, RunFolder folder, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var host = QueueInAzure.HostOf(name);
        var app = MayhemOptions.From(settings.Configuration);
        var opened = new List<IAsyncDisposable>();
        try
        {
            var credential = new DefaultAzureCredential();
            var client = new ServiceBusClient(host, credential);
            opened.Add(client);
            var sources = Of(host, client, new ServiceBusAdministrationClient(host, credential), settings.Configuration, folder, clock);
            _ = await sources.Depths(cancellationToken);
            if (app.Postgres is not { } postgres)
                return new OpenedSources(sources, opened);
            var ledger = await PostgresLedger.OpenAsync(postgres, clock, loggers.CreateLogger<PostgresLedger>(), cancellationToken);
            opened.Add(ledger);
            return new OpenedSources(sources with { Ledger = ledger }, opened);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await OpenedSources.CloseAsync(opened);
            throw new UsageException($"--namespace {name}: the queue '{app.Queue}' cannot be shown: {error.Message.Split('\n')[0].TrimEnd()}", error);
        }
    }

    /// <summary>What there is to see of a queue through the SDK.</summary>
    public static DashboardSources Of(
        string host, ServiceBusClient client, ServiceBusAdministrationClient administration, IConfiguration configuration, RunFolder folder, TimeProvider clock)
    {
        var queue = MayhemOptions.From(configuration).Queue;
        return new DashboardSources
        {
            Place = host,
            Queue = queue,
            IsRemote = true,
            Client = client,
            Depths = async cancellationToken =>
            {
                var counts = (await administration.GetQueueRuntimePropertiesAsync(queue, cancellationToken)).Value;
                return new QueueDepths(counts.ActiveMessageCount, Locked: null, counts.ScheduledMessageCount, Deferred: null, counts.DeadLetterMessageCount);
            },
            Bench = new DeadLetterBench(client, queue, new OperatorAuditFile(folder.Operators, clock), clock),
            ReportFolders = configuration["Mayhem:Reports:Archive:Directory"] is { Length: > 0 } archive ? [archive] : [],
            Rules = RecoverySettings.From(configuration).Rules,
        };
    }
}
