using Mayhem.Guards;
using Mayhem.Restarts;

namespace Mayhem.Targets.Inventory;

/// <summary>Sends each order to the target that the inventory names for its host. Hosts that are denied, or not opted in, are not restarted, not even for show.</summary>
/// <param name="inventory">Which hosts, and how.</param>
/// <param name="targets">The target of each entry, by its name.</param>
/// <param name="dryRun">Tells for which entries nothing is to be done but to record it.</param>
public sealed class InventoryTarget(HostInventory inventory, IReadOnlyDictionary<string, IRestartTarget> targets, Func<InventoryEntry, bool> dryRun) : IRestartTarget, IHostRules
{
    private readonly DryRunTarget forShow = new();

    /// <summary>The inventory.</summary>
    public HostInventory Inventory => inventory;

    /// <summary>True if restarts of the entry's hosts are recorded, but not done.</summary>
    public bool IsDryRun(InventoryEntry entry) => dryRun(entry);

    /// <inheritdoc />
    public string? WhyDenied(string host) => inventory.Find(host) is InventoryAnswer.Denied denied ? denied.Why : null;

    /// <inheritdoc />
    public bool IsDryRun(string host) => inventory.Find(host) is InventoryAnswer.OptedIn { Entry: var entry } && dryRun(entry);

    /// <inheritdoc />
    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken) =>
        await Acting(EntryOf(order)).IssueAsync(order, cancellationToken);

    /// <inheritdoc />
    public async Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken)
    {
        // How it was issued decides: dry runs may have been switched on or off meanwhile.
        var target = issued.DryRun ? forShow : targets[EntryOf(order).Name];
        await target.WatchAsync(order, issued, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) =>
        await Acting(EntryOf(order)).FindIssuedAsync(order, cancellationToken);

    private IRestartTarget Acting(InventoryEntry entry) => dryRun(entry) ? forShow : targets[entry.Name];

    private InventoryEntry EntryOf(RestartOrder order) => inventory.Find(order.Request.Host) switch
    {
        InventoryAnswer.OptedIn optedIn => optedIn.Entry,
        InventoryAnswer.Denied denied => throw new RestartDeniedException(denied.Why),
        _ => throw new InvalidOperationException("A host is opted in or denied."),
    };
}
