using Mayhem.Breakers;
using Mayhem.Guards;
using Mayhem.Restarts;
using Mayhem.Targets;
using Mayhem.Targets.Inventory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Configuration;

/// <summary>The inventory: <c>Mayhem:Inventory</c> and the file of <c>Mayhem:InventoryFile</c>.</summary>
public sealed class InventorySettings
{
    private IReadOnlyList<string> problems = [];
    private AzureCloud cloud;

    /// <summary>The inventory; null if none is configured. Not to be used if there are <see cref="Problems"/>.</summary>
    public HostInventory? Inventory { get; private set; }

    /// <summary>Reads the inventory; what is wrong with it is told by <see cref="Problems"/>.</summary>
    /// <param name="configuration">The configuration of the app.</param>
    /// <param name="hasProcesses">True if the program brings a target for hosts of kind <c>process</c>.</param>
    public static InventorySettings From(IConfiguration configuration, bool hasProcesses)
    {
        var reading = InventoryReader.Read(configuration);
        var homeless = hasProcesses ? [] : reading.Inventory?.Entries.Where(entry => entry.Kind == TargetKind.Process).Select(entry =>
            $"{InventoryReader.SectionKey}:targets:{entry.Name}:kind is process, but only mayhem up has processes to restart: give another kind, or remove the target.") ?? [];
        var groups = reading.Inventory is null ? [] : configuration.GetSection(GroupSettings.Section).GetChildren().Where(group => !string.IsNullOrWhiteSpace(group.Value))
            .Select(group => $"{group.Path} is given beside an inventory, which groups hosts by its targets: remove it, and give the group there.");
        return new InventorySettings { Inventory = reading.Inventory, cloud = reading.Cloud, problems = [.. reading.Problems, .. homeless, .. groups] };
    }

    /// <summary>What is wrong, one sentence each that names the key, with the file's name before it for keys of the file.</summary>
    public IEnumerable<string> Problems() => problems;

    /// <summary>Puts a target that the inventory directs before the registered one, which becomes that of hosts of kind <c>process</c>; and likewise their groups.</summary>
    internal void AddTo(IServiceCollection services, IConfiguration configuration, bool? dryRun)
    {
        if (Inventory is not { } inventory || problems.Count > 0)
            return;
        var processes = services.LastOrDefault(service => service.ServiceType == typeof(IRestartTarget));
        var groups = services.LastOrDefault(service => service.ServiceType == typeof(IHostGroups));
        services.AddSingleton(provider => new TargetFactory(
            configuration, cloud, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TargetFactory>>()));
        services.AddSingleton(provider => provider.GetRequiredService<TargetFactory>().Create(inventory, Registered<IRestartTarget>(processes, provider), dryRun));
        services.AddSingleton<IRestartTarget>(provider => provider.GetRequiredService<InventoryTarget>());
        services.AddSingleton<IHostRules>(provider => provider.GetRequiredService<InventoryTarget>());
        services.AddSingleton<IHostGroups>(provider => new InventoryGroups(inventory, Registered<IHostGroups>(groups, provider)));
    }

    private static T? Registered<T>(ServiceDescriptor? service, IServiceProvider provider)
        where T : class => service switch
    {
        null => null,
        { ImplementationInstance: T instance } => instance,
        { ImplementationFactory: { } factory } => (T)factory(provider),
        _ => (T)ActivatorUtilities.CreateInstance(provider, service.ImplementationType!),
    };
}
