using Mayhem.Breakers;

namespace Mayhem.Targets.Inventory;

/// <summary>The groups of hosts by the inventory: what shares a target's group shares its circuit breaker and its delays.</summary>
/// <param name="inventory">The inventory.</param>
/// <param name="processes">The groups of local processes that the inventory puts in none; null if there are none.</param>
public sealed class InventoryGroups(HostInventory inventory, IHostGroups? processes) : IHostGroups
{
    /// <inheritdoc />
    public string GroupOf(string host) => inventory.Find(host) switch
    {
        InventoryAnswer.OptedIn { Entry: { Kind: TargetKind.Process, HasOwnGroup: false } } when processes is not null => processes.GroupOf(host),
        InventoryAnswer.OptedIn optedIn => optedIn.Entry.Group,
        _ => HostGroups.Default,
    };
}
