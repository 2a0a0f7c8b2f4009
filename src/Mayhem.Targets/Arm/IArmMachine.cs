using Azure;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;

namespace Mayhem.Targets.Arm;

/// <summary>What virtual machines and instances of scale sets have in common.</summary>
internal interface IArmMachine
{
    /// <summary>Asks for a restart. Returns as soon as that is accepted.</summary>
    Task<ArmOperation> RestartAsync(CancellationToken cancellationToken);

    /// <summary>What the machine is doing.</summary>
    Task<IReadOnlyList<InstanceViewStatus>> StatusesAsync(CancellationToken cancellationToken);
}

/// <summary>A virtual machine of its own, or one of a scale set in flexible orchestration.</summary>
internal sealed class VirtualMachine(VirtualMachineResource resource) : IArmMachine
{
    public Task<ArmOperation> RestartAsync(CancellationToken cancellationToken) => resource.RestartAsync(WaitUntil.Started, cancellationToken);

    public async Task<IReadOnlyList<InstanceViewStatus>> StatusesAsync(CancellationToken cancellationToken) =>
        (await resource.InstanceViewAsync(cancellationToken)).Value.Statuses;
}

/// <summary>An instance of a scale set in uniform orchestration.</summary>
internal sealed class ScaleSetInstance(VirtualMachineScaleSetVmResource resource) : IArmMachine
{
    public Task<ArmOperation> RestartAsync(CancellationToken cancellationToken) => resource.RestartAsync(WaitUntil.Started, cancellationToken);

    public async Task<IReadOnlyList<InstanceViewStatus>> StatusesAsync(CancellationToken cancellationToken) =>
        (await resource.GetInstanceViewAsync(cancellationToken)).Value.Statuses;
}
