using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Mayhem.Cli.Configuration;
using Mayhem.Cli.DoctorCommand;
using Mayhem.Cli.Up;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Operators;
using Mayhem.FrontDoor.Bench;
using Mayhem.Functions.Configuration;
using Mayhem.Journal;
using Mayhem.Local.Broker;
using Mayhem.Local.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Cli.RunDoor;

/// <summary>
/// A queue that a command works with: in Azure; in a data folder that nobody runs, whose journal is opened; or behind the front door of the <c>mayhem up</c> that has it locked.
/// </summary>
internal sealed class OpenQueue : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> opened = new();

    private OpenQueue()
    {
    }

    /// <summary>Works with its dead letters.</summary>
    public required IDeadLetterBench Bench { get; init; }

    /// <summary>Sends to it.</summary>
    public required ServiceBusSender Sender { get; init; }

    /// <summary>True if it requires sessions.</summary>
    public required bool Sessions { get; init; }

    /// <summary>The queue in a data folder that nobody runs; null elsewhere.</summary>
    public BrokerQueue? Local { get; init; }

    /// <summary>The run that has it; null elsewhere.</summary>
    public RemoteBench? Run { get; init; }

    /// <summary>The administration of the namespace; null elsewhere.</summary>
    public ServiceBusAdministrationClient? Administration { get; init; }

    /// <summary>The queue's name.</summary>
    public required string Name { get; init; }

    /// <summary>Opens the queue.</summary>
    /// <exception cref="UsageException">It cannot be opened, and the user can do something about it.</exception>
    public static async Task<OpenQueue> OpenAsync(Place place, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (place.Namespace is { } name)
            return await InAzureAsync(place, name, clock);
        var folder = new RunFolder(place.DataFolder);
        if (!Directory.Exists(folder.Root))
            throw new UsageException($"--data {folder.Root}: there is no such folder; 'mayhem up' makes it, and tells where");
        if (!Directory.Exists(folder.Broker))
            throw new UsageException($"--data {folder.Root}: it holds no queue; 'mayhem up' makes one");
        try
        {
            return await InFolderAsync(place, folder, clock);
        }
        catch (JournalInUseException inUse)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return DoorFile.Read(folder.Door) is { } door
                ? BehindDoor(door)
                : throw new UsageException($"{inUse.Message} It cannot be reached: its front door is closed, or not open yet", inUse);
        }
        catch (Exception error) when (StartErrors.Explain(error) is not null)
        {
            throw StartErrors.Explain(error)!;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var last))
            await last.DisposeAsync();
        Run?.Dispose();
    }

    private static OpenQueue BehindDoor(DoorFile door)
    {
        var run = new RemoteBench(door.Url, door.Token, $"{EmbeddedServiceBusClient.Namespace}/{door.Queue}");
        var queue = new OpenQueue { Bench = run, Run = run, Sender = new RestSender(door.Url, door.Queue), Sessions = door.Sessions, Name = door.Queue };
        queue.opened.Push(queue.Sender);
        return queue;
    }

    private static async Task<OpenQueue> InFolderAsync(Place place, RunFolder folder, TimeProvider clock)
    {
        var configuration = Settings.Load().Configuration;
        var name = place.Queue ?? MayhemOptions.From(configuration).Queue;
        var options = LocalQueue.From(configuration);
        var broker = await EmbeddedBroker.OpenAsync(
            new EmbeddedBrokerOptions { Folder = folder.Broker, Queues = new Dictionary<string, QueueOptions>(StringComparer.OrdinalIgnoreCase) { [name] = options } },
            clock,
            NullLogger<EmbeddedBroker>.Instance);
        var client = new EmbeddedServiceBusClient(broker);
        var queue = new OpenQueue
        {
            Bench = new DeadLetterBench(client, name, new OperatorAuditFile(folder.Operators, clock), clock, new DeadLetterBenchOptions { ReceiveWait = TimeSpan.FromMilliseconds(200) }),
            Sender = client.CreateSender(name),
            Sessions = options.RequiresSession,
            Local = broker.Queue(name),
            Name = name,
        };
        queue.opened.Push(broker);
        queue.opened.Push(client);
        return queue;
    }

    private static async Task<OpenQueue> InAzureAsync(Place place, string name, TimeProvider clock)
    {
        var host = QueueInAzure.HostOf(name);
        var queueName = place.Queue ?? MayhemOptions.From(Settings.LoadDeployed().Configuration).Queue;
        var facts = await QueueInAzure.ReadAsync(name, queueName);
        var credential = new DefaultAzureCredential();
        var client = new ServiceBusClient(host, credential);
        var audit = new OperatorAuditFile(new RunFolder(place.DataFolder).Operators, clock);
        var queue = new OpenQueue
        {
            Bench = new DeadLetterBench(client, queueName, audit, clock),
            Sender = client.CreateSender(queueName),
            Sessions = facts.RequiresSession,
            Administration = new ServiceBusAdministrationClient(host, credential),
            Name = queueName,
        };
        queue.opened.Push(client);
        return queue;
    }
}
