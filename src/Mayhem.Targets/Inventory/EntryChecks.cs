using Azure.Core;

namespace Mayhem.Targets.Inventory;

/// <summary>Checks whether the settings of a target make sense together.</summary>
internal static class EntryChecks
{
    /// <summary>Notes what is wrong with a target.</summary>
    public static void Of(InventoryEntry entry, InventorySection section)
    {
        if (entry.Hosts.Count == 0)
            section.Reject("hosts", "names no host: give patterns of host names.");
        if (entry.ResourceId is { Length: > 0 } resourceId)
        {
            CheckPlaces(entry, section, "resourceId", resourceId);
            if (ExampleOf(entry, resourceId) is var example && !IsMachine(example, entry.Kind))
                section.Reject("resourceId", $"is '{resourceId}'; give {Shape(entry.Kind)}.");
        }
        if (entry.Webhook is { Url.Length: > 0 } webhook)
        {
            CheckPlaces(entry, section, "url", webhook.Url);
            CheckUrl(section, "url", ExampleOf(entry, webhook.Url), onlySecure: true);
        }
        if (entry.Health is { Url.Length: > 0 } health && section.Part("health") is { } probe)
        {
            CheckPlaces(entry, probe, "url", health.Url);
            CheckUrl(probe, "url", ExampleOf(entry, health.Url), onlySecure: false);
        }
    }

    // Without a place every host would be the same machine.
    private static void CheckPlaces(InventoryEntry entry, InventorySection section, string key, string template)
    {
        if (!HostTemplate.HasPlace(template) && entry.Hosts is not [{ IsExact: true }] && entry.Kind != TargetKind.Webhook)
            section.Reject(key, "is the same for all hosts: put {host} where the host's name belongs.");
        var highest = HostTemplate.HighestNumber(template);
        if (entry.Hosts.FirstOrDefault(pattern => pattern.Wildcards < highest) is { } poor)
            section.Reject(key, $"has {{{highest}}}, but the pattern '{poor}' has only {poor.Wildcards} wildcards.");
    }

    private static string ExampleOf(InventoryEntry entry, string template) =>
        HostTemplate.Expand(template, "host", [.. Enumerable.Repeat("1", Math.Max(1, HostTemplate.HighestNumber(template)))]);

    private static bool IsMachine(string resourceId, TargetKind kind) => HostTemplate.IsSafe(resourceId)
        && ResourceIdentifier.TryParse(resourceId, out var id) && id is not null && id.ResourceType.ToString().Equals(TypeOf(kind), StringComparison.OrdinalIgnoreCase)
        && Guid.TryParse(id.SubscriptionId, out _);

    private static string TypeOf(TargetKind kind) =>
        kind == TargetKind.AzureVm ? "Microsoft.Compute/virtualMachines" : "Microsoft.Compute/virtualMachineScaleSets/virtualMachines";

    private static string Shape(TargetKind kind) => kind == TargetKind.AzureVm
        ? "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Compute/virtualMachines/{host}"
        : "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Compute/virtualMachineScaleSets/SET/virtualMachines/{1}, where {1} is what the first wildcard stands for";

    private static void CheckUrl(InventorySection section, string key, string example, bool onlySecure)
    {
        if (!Uri.TryCreate(example, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            section.Reject(key, $"makes '{example}', which is no URL: give one that begins with https://.");
        else if (url.UserInfo.Length > 0)
            section.Reject(key, "holds a user name: secrets have no place here.");
        else if (onlySecure && url.Scheme == "http" && !url.IsLoopback)
            section.Reject(key, "begins with http://: only https is safe, but on this machine.");
    }
}
