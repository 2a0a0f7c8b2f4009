using Azure.ResourceManager.Compute.Models;
using Mayhem.Targets.Operations;

namespace Mayhem.Targets.Arm;

/// <summary>What the statuses of an instance view say.</summary>
/// <param name="Provisioning">What operations do to the machine, as <c>updating</c>, <c>succeeded</c> or <c>failed/Code</c>; empty if it is not told.</param>
/// <param name="ChangedAt">When the last operation ended; null if it is not told.</param>
/// <param name="Power">As <c>running</c> or <c>deallocated</c>; empty if it is not told.</param>
internal sealed record MachineState(string Provisioning, DateTimeOffset? ChangedAt, string Power)
{
    /// <summary>True while an operation, of anybody, changes the machine.</summary>
    public bool IsBusy => Provisioning.ToUpperInvariant() is "UPDATING" or "CREATING" or "DELETING" or "MIGRATING";

    /// <summary>True if the last operation, of anybody, ended badly.</summary>
    public bool HasFailed => Provisioning.StartsWith("failed", StringComparison.OrdinalIgnoreCase);

    /// <summary>True if the machine is off, or on its way there: it cannot be restarted.</summary>
    public bool IsOff => Power.ToUpperInvariant() is "STOPPED" or "STOPPING" or "DEALLOCATED" or "DEALLOCATING";

    /// <summary>Reads the statuses.</summary>
    public static MachineState Of(IEnumerable<InstanceViewStatus> statuses)
    {
        var all = statuses.ToList();
        var (provisioning, changedAt) = Find(all, "ProvisioningState/");
        return new MachineState(provisioning, changedAt, Find(all, "PowerState/").Value);
    }

    /// <summary>True if an operation runs, or ended after a time.</summary>
    public bool ChangedSince(DateTimeOffset time) => IsBusy || ChangedAt >= time;

    /// <summary>What it says of a restart whose intent was recorded at a time.</summary>
    public OperationStatus RestartSince(DateTimeOffset intentAt)
    {
        if (IsBusy || ChangedAt < intentAt)
            return new OperationStatus.Running();
        if (HasFailed)
            return new OperationStatus.Failed("Failed", Provisioning, "told by the machine's provisioning state.");
        return IsOff ? new OperationStatus.Failed("Failed", Power, "the machine is not running.") : new OperationStatus.Succeeded();
    }

    private static (string Value, DateTimeOffset? Time) Find(List<InstanceViewStatus> statuses, string kind) =>
        statuses.Find(status => status.Code?.StartsWith(kind, StringComparison.OrdinalIgnoreCase) == true) is { } found ? (found.Code[kind.Length..], found.Time) : ("", null);
}
