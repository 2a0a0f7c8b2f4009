using Microsoft.Extensions.Logging;

namespace Mayhem.Local.Broker;

/// <summary>
/// Queues with the semantics of Azure Service Bus, in this process. What was acknowledged to a sender or settled by a receiver survives
/// <c>kill -9</c>, if the broker has a folder. Thread-safe.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly Dictionary<string, BrokerQueue> queues;

    private EmbeddedBroker(Dictionary<string, BrokerQueue> queues) => this.queues = queues;

    /// <summary>All queues.</summary>
    public IReadOnlyCollection<BrokerQueue> Queues => queues.Values;

    /// <summary>Opens the queues with what their folders hold. All locks of an earlier process are gone.</summary>
    /// <param name="options">The queues and the folder.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="logger">Hears of journals and compactions.</param>
    /// <exception cref="InvalidOperationException">An option is out of range.</exception>
    /// <exception cref="Mayhem.Journal.JournalInUseException">Another process has the folder open.</exception>
    /// <exception cref="IOException">The folder cannot be read or written, or holds something else.</exception>
    public static async Task<EmbeddedBroker> OpenAsync(EmbeddedBrokerOptions options, TimeProvider time, ILogger<EmbeddedBroker> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var broker = new EmbeddedBroker(new Dictionary<string, BrokerQueue>(StringComparer.OrdinalIgnoreCase));
        try
        {
            foreach (var (name, queue) in options.Queues)
                broker.queues.Add(name, BrokerQueue.Open(name, queue, options, time, logger));
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>A broker of queues that were opened before.</summary>
    internal static EmbeddedBroker Of(params IEnumerable<BrokerQueue> queues) => new(queues.ToDictionary(queue => queue.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The queue of a name.</summary>
    /// <exception cref="BrokerException">There is none: <see cref="BrokerFailure.QueueNotFound"/>.</exception>
    public BrokerQueue Queue(string name) => Find(name)
        ?? throw new BrokerException(BrokerFailure.QueueNotFound, $"There is no queue '{name}'. The queues are: {string.Join(", ", queues.Keys)}.");

    /// <summary>The queue of a name; null if there is none.</summary>
    public BrokerQueue? Find(string name) => queues.GetValueOrDefault(name);

    /// <summary>Refuses new work, ends what waits, makes durable what was done.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in queues.Values)
            await queue.DisposeAsync();
    }
}
