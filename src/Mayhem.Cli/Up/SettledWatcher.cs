using Mayhem.Local.Broker;

namespace Mayhem.Cli.Up;

/// <summary>Waits until a queue has nothing left to do: nothing active, locked, scheduled or deferred.</summary>
/// <param name="count">Counts what the queue holds.</param>
/// <param name="clock">The clock to wait by.</param>
internal sealed class SettledWatcher(Func<QueueCounts> count, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the queue is settled. Call it when nothing is published any more.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (count() is not { Active: 0, Locked: 0, Scheduled: 0, Deferred: 0 })
            await Task.Delay(Interval, clock, cancellationToken);
    }
}
