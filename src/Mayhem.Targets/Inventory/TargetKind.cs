namespace Mayhem.Targets.Inventory;

/// <summary>What restarts a host.</summary>
public enum TargetKind
{
    /// <summary>The fleet of local processes of <c>mayhem up</c>: <c>process</c>.</summary>
    Process,

    /// <summary>A virtual machine in Azure, or an instance of a scale set in flexible orchestration: <c>azure-vm</c>.</summary>
    AzureVm,

    /// <summary>An instance of a scale set in uniform orchestration: <c>azure-vmss-instance</c>.</summary>
    AzureVmssInstance,

    /// <summary>A web server that is asked to restart it: <c>webhook</c>.</summary>
    Webhook,
}

/// <summary>The names of kinds in the inventory.</summary>
public static class TargetKinds
{
    private static readonly Dictionary<string, TargetKind> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["process"] = TargetKind.Process,
        ["azure-vm"] = TargetKind.AzureVm,
        ["azure-vmss-instance"] = TargetKind.AzureVmssInstance,
        ["webhook"] = TargetKind.Webhook,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The kind of a name; null if there is none.</summary>
    public static TargetKind? Parse(string name) => ByName.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>True for machines in Azure.</summary>
    public static bool IsAzure(this TargetKind kind) => kind is TargetKind.AzureVm or TargetKind.AzureVmssInstance;
}
