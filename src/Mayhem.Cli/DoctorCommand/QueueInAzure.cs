using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Mayhem.Diagnosis;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>Reads the properties of a queue from Service Bus, with whatever identity the environment offers.</summary>
internal static class QueueInAzure
{
    // Azure says "forever" with the longest time span there is.
    private static readonly TimeSpan Forever = TimeSpan.FromDays(10_000_000);

    /// <summary>Asks the namespace.</summary>
    /// <param name="name">The namespace: its name, or its full host name.</param>
    /// <param name="queue">The queue.</param>
    /// <exception cref="UsageException">The namespace does not answer, or does not know the queue.</exception>
    public static async Task<QueueFacts> ReadAsync(string name, string queue)
    {
        var host = HostOf(name);
        try
        {
            var client = new ServiceBusAdministrationClient(host, new DefaultAzureCredential());
            return FactsOf((await client.GetQueueAsync(queue)).Value);
        }
        catch (Exception error) when (IsRefusal(error)
            || error is NotSupportedException or RequestFailedException or HttpRequestException or AggregateException or InvalidOperationException or ArgumentException)
        {
            throw new UsageException($"--namespace {name}: the queue '{queue}' cannot be read: {error.Message.Split('\n')[0].TrimEnd()}", error);
        }
    }

    /// <summary>The host name of a namespace that is named by its name, or by its host name.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static string HostOf(string name)
    {
        var host = name.Contains('.', StringComparison.Ordinal) ? name : name + ".servicebus.windows.net";
        return Uri.CheckHostName(host) == UriHostNameType.Dns
            ? host
            : throw new UsageException($"--namespace {name}: give the name of a Service Bus namespace, or its host name, as my-namespace.servicebus.windows.net");
    }

    /// <summary>True if Service Bus has refused, or there is no identity to ask with. For an identity that lacks the right the SDK has no exception of its own.</summary>
    public static bool IsRefusal(Exception error) => error is ServiceBusException or UnauthorizedAccessException or AuthenticationFailedException;

    private static QueueFacts FactsOf(QueueProperties queue) => new()
    {
        LockDuration = queue.LockDuration,
        MaxDeliveryCount = queue.MaxDeliveryCount,
        DuplicateWindow = queue.RequiresDuplicateDetection ? queue.DuplicateDetectionHistoryTimeWindow : null,
        TimeToLive = queue.DefaultMessageTimeToLive >= Forever ? null : queue.DefaultMessageTimeToLive,
        DeadLettersExpired = queue.DeadLetteringOnMessageExpiration,
        RequiresSession = queue.RequiresSession,
    };
}
