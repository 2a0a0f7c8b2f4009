using Mayhem.Cli.Up;
using Mayhem.Functions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.RulesCommand;

/// <summary>What of a queue decides about a failed message.</summary>
/// <param name="MaxDeliveryCount">After so many deliveries the queue gives a message up.</param>
/// <param name="SessionPatience">How long one delivery waits in place if the queue requires sessions; null if it does not.</param>
internal sealed record ExplainedQueue(int MaxDeliveryCount, TimeSpan? SessionPatience = null)
{
    /// <summary>The queue of the settings.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="sessions">True for one with sessions, whatever the settings say.</param>
    public static ExplainedQueue From(IConfiguration configuration, bool sessions)
    {
        var queue = LocalQueue.From(configuration);
        var locks = MayhemSettings.Read(configuration, hasTarget: true, hasLedger: true).Locks;
        return new ExplainedQueue(queue.MaxDeliveryCount, sessions || queue.RequiresSession ? locks.LongestWait() : null);
    }
}
