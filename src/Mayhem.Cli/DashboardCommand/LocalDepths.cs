using Mayhem.Dashboard.Queues;
using Mayhem.Local.Broker;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>How many messages a queue of the embedded broker holds.</summary>
internal static class LocalDepths
{
    /// <summary>Counts them.</summary>
    public static QueueDepths Of(BrokerQueue queue)
    {
        var counts = queue.Counts;
        return new QueueDepths(counts.Active, counts.Locked, counts.Scheduled, counts.Deferred, counts.DeadLettered);
    }
}
