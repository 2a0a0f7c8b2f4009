using Mayhem.Cli.Configuration;
using Mayhem.Cli.GuardCommand;
using Mayhem.Cli.Up;
using Mayhem.Dashboard;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Operators;
using Mayhem.Functions.Configuration;
using Mayhem.Guards;
using Mayhem.Journal;
using Mayhem.Local.Broker;
using Mayhem.Local.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>Opens what a <c>mayhem up</c> has left in its data folder.</summary>
internal static class FolderSources
{
    /// <summary>Opens it.</summary>
    /// <exception cref="JournalInUseException">A run has it open.</exception>
    /// <exception cref="UsageException">The settings of the guards cannot be used.</exception>
    public static async Task<OpenedSources> OpenAsync(Settings settings, RunFolder folder, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var app = MayhemOptions.From(settings.Configuration);
        var guards = Guards(settings);
        var opened = new List<IAsyncDisposable>();
        try
        {
            var broker = await EmbeddedBroker.OpenAsync(
                new EmbeddedBrokerOptions
                {
                    Folder = folder.Broker,
                    Queues = new Dictionary<string, QueueOptions>(StringComparer.OrdinalIgnoreCase) { [app.Queue] = LocalQueue.From(settings.Configuration) },
                },
                clock, loggers.CreateLogger<EmbeddedBroker>());
            opened.Add(broker);
            var ledger = await RunLedger.OpenAsync(app, folder, new JournalOptions(), clock, loggers, cancellationToken);
            opened.Add(ledger);
            var client = new EmbeddedServiceBusClient(broker);
            opened.Add(client);
            var queue = broker.Queue(app.Queue);
            return new OpenedSources(
                new DashboardSources
                {
                    Place = $"what mayhem up left in {folder.Root}",
                    Queue = queue.Name,
                    Client = client,
                    Depths = _ => Task.FromResult(LocalDepths.Of(queue)),
                    DeadLetterNumbers = () => queue.SequenceNumbers(SubQueue.DeadLetter),
                    Bench = new DeadLetterBench(client, queue.Name, new OperatorAuditFile(folder.Operators, clock), clock),
                    Ledger = ledger.Records,
                    ReportFolders = [folder.Reports, folder.Spool],
                    Guards = guards,
                    Rules = RecoverySettings.From(settings.Configuration).Rules,
                },
                opened);
        }
        catch
        {
            await OpenedSources.CloseAsync(opened);
            throw;
        }
    }

    // Those of the next run here. They are in the settings; the ledger has only what they decided.
    private static GuardBook Guards(Settings settings)
    {
        var read = MayhemSettings.Read(settings.Configuration, hasTarget: true, hasLedger: true);
        return read.Guards.Problems().ToList() is { Count: > 0 } problems
            ? throw new UsageException(string.Join(" ", problems))
            : GuardsOfSettings.Of(settings.Configuration, read);
    }
}
