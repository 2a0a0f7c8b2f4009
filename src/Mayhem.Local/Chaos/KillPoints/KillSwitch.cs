using System.Diagnostics;
using Mayhem.Journal;
using Mayhem.Ledger;
using Mayhem.Restarts;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>
/// Ends this process as <c>kill -9</c> does when its plan's moment has come: no handler, no finalizer and no flush runs any more. Its wrappers watch for the moments.
/// </summary>
public sealed class KillSwitch(KillPlan plan)
{
    private int passings;

    /// <summary>Wraps what settles a message.</summary>
    /// <param name="actions">What settles it.</param>
    /// <param name="isStopping">Tells whether the run is stopping.</param>
    public ServiceBusMessageActions Wrap(ServiceBusMessageActions actions, Func<bool> isStopping) => new DyingMessageActions(actions, this, isStopping);

    /// <summary>Wraps what schedules copies.</summary>
    public Azure.Messaging.ServiceBus.ServiceBusSender Wrap(Azure.Messaging.ServiceBus.ServiceBusSender sender) => new DyingSender(sender, this);

    /// <summary>Wraps the ledger.</summary>
    public ILedger Wrap(ILedger ledger) => new DyingLedger(ledger, this);

    /// <summary>Wraps the target.</summary>
    public IRestartTarget Wrap(IRestartTarget target) => new DyingTarget(target, this);

    /// <summary>The disk of a journal.</summary>
    /// <param name="torn">The point that its writes pass.</param>
    public JournalDisk Disk(KillPoint torn) => new DyingDisk(this, torn);

    /// <summary>The moment has come, for a request if it knows one: dies if this is what the plan says.</summary>
    internal void Pass(KillPoint point, string? requestId = null)
    {
        if (IsDue(point, requestId))
            Die();
    }

    /// <summary>Counts a passing; true if it is the one to die at.</summary>
    internal bool IsDue(KillPoint point, string? requestId = null) =>
        point == plan.Point
        && plan.IsFor(requestId)
        && Interlocked.Increment(ref passings) == plan.Passing;

    /// <summary>Does not return.</summary>
    internal static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        throw new UnreachableException("This process was killed.");
    }
}
