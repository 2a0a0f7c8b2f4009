using Mayhem.Targets.Health;
using Mayhem.Targets.Operations;
using Mayhem.Targets.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Targets.Inventory;

/// <summary>Reads one target of the inventory.</summary>
internal static class EntryReader
{
    private static readonly string[] Common = ["kind", "hosts", "group", "health", "timeLimit", "pollInterval"];

    /// <summary>The target; null if its kind is not known. What is wrong is noted.</summary>
    /// <param name="name">The target's name.</param>
    /// <param name="section">Its settings.</param>
    /// <param name="app">The app's configuration, which holds what settings refer to.</param>
    public static InventoryEntry? Read(string name, InventorySection section, IConfiguration app)
    {
        var kindName = section.Required("kind", $"one of {string.Join(", ", TargetKinds.Names)}");
        if (kindName.Length == 0)
            return null;
        if (TargetKinds.Parse(kindName) is not { } kind)
        {
            section.Reject("kind", $"is '{kindName}'; give one of {string.Join(", ", TargetKinds.Names)}.");
            return null;
        }

        section.AllowOnly($"a target of kind {kindName}", [.. Settings(kind)]);
        var entry = new InventoryEntry
        {
            Name = name,
            Kind = kind,
            Hosts = section.Patterns("hosts"),
            Group = section.Text("group") ?? name,
            ResourceId = kind.IsAzure() ? section.Required("resourceId", "the resource id of the machines, with {host} for the host's name") : null,
            Webhook = kind == TargetKind.Webhook ? Webhook(section, app) : null,
            Health = section.Part("health") is { } health ? Probe(health) : null,
            Times = new OperationTimes
            {
                TimeLimit = section.Time("timeLimit", new OperationTimes().TimeLimit, TimeSpan.FromSeconds(10), TimeSpan.FromHours(24)),
                PollInterval = section.Time("pollInterval", new OperationTimes().PollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            },
        };
        EntryChecks.Of(entry, section);
        return entry;
    }

    /// <summary>The names of the settings that targets of a kind have.</summary>
    public static IReadOnlyList<string> Settings(TargetKind kind) => kind switch
    {
        TargetKind.AzureVm or TargetKind.AzureVmssInstance => [.. Common, "resourceId"],
        TargetKind.Webhook => [.. Common, "url", "authorizationSetting", "tokenScope", "answerLimit"],
        _ => Common,
    };

    private static WebhookSettings Webhook(InventorySection section, IConfiguration app)
    {
        var settings = new WebhookSettings
        {
            Url = section.Required("url", "the URL that is asked to restart a host, with {host} for the host's name"),
            AuthorizationSetting = section.Text("authorizationSetting"),
            TokenScope = section.Text("tokenScope"),
            AnswerLimit = section.Time("answerLimit", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        };
        if (settings.AuthorizationSetting is not null && settings.TokenScope is not null)
            section.Reject("tokenScope", "and authorizationSetting are both given: leave one of them out.");
        if (settings.AuthorizationSetting is { } key && string.IsNullOrWhiteSpace(app[key]))
            section.Reject("authorizationSetting", $"is '{key}', but there is no such setting: add it, as a reference to a key vault, or leave this out.");
        return settings;
    }

    private static HealthProbe Probe(InventorySection section)
    {
        section.AllowOnly("a health probe", "url", "bootTimeProperty", "limit", "interval");
        var probe = new HealthProbe { Url = section.Required("url", "the URL that answers 2xx on a host that is well") };
        return probe with
        {
            BootTimeProperty = section.Text("bootTimeProperty"),
            Limit = section.Time("limit", probe.Limit, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Interval = section.Time("interval", probe.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
        };
    }
}
