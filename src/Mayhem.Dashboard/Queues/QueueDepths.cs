namespace Mayhem.Dashboard.Queues;

/// <summary>How many messages a queue holds.</summary>
/// <param name="Ready">Ready to be received; with those that are locked, where nobody tells them apart.</param>
/// <param name="Locked">Delivered and locked; null if nobody tells.</param>
/// <param name="Scheduled">Waiting for their time.</param>
/// <param name="Deferred">Set aside; null if nobody tells.</param>
/// <param name="DeadLettered">Dead letters.</param>
public sealed record QueueDepths(long Ready, long? Locked, long Scheduled, long? Deferred, long DeadLettered);
