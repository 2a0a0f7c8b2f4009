using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using Mayhem.Restarts;
using Mayhem.Targets.Inventory;

namespace Mayhem.Targets.Arm;

/// <summary>Finds the machine in Azure that a host's name stands for.</summary>
/// <param name="entry">The part of the inventory that the host is in.</param>
/// <param name="client">The way to Azure.</param>
internal sealed class ArmMachines(InventoryEntry entry, ArmClient client)
{
    /// <summary>The machine.</summary>
    /// <exception cref="MalformedHostException">The host's name makes no resource id of the right type.</exception>
    public (ResourceIdentifier Id, IArmMachine Machine) Of(string host)
    {
        var text = entry.Expand(entry.ResourceId!, host);
        try
        {
            var id = new ResourceIdentifier(text);
            return entry.Kind == TargetKind.AzureVmssInstance
                ? (id, new ScaleSetInstance(client.GetVirtualMachineScaleSetVmResource(id)))
                : (id, new VirtualMachine(client.GetVirtualMachineResource(id)));
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            throw new MalformedHostException($"The host '{host}' makes the resource id '{text}', which is not one of a machine: {malformed.Message}", malformed);
        }
    }
}
