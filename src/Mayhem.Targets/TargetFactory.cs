using System.Net.Http;
using Azure.Core;
using Azure.Identity;
using Azure.ResourceManager;
using Mayhem.Restarts;
using Mayhem.Targets.Arm;
using Mayhem.Targets.Health;
using Mayhem.Targets.Inventory;
using Mayhem.Targets.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mayhem.Targets;

/// <summary>Makes the targets that an inventory names. They share connections, and the app's identity.</summary>
public sealed class TargetFactory : IDisposable
{
    private readonly IConfiguration configuration;
    private readonly TimeProvider timeProvider;
    private readonly ILogger logger;
    private readonly HttpClient webhooks = Client(TimeSpan.FromMinutes(6));
    private readonly HttpClient probes = Client(TimeSpan.FromSeconds(10));
    private readonly Lazy<TokenCredential> credential;
    private readonly Lazy<ArmAccess> arm;

    /// <summary>Nothing is connected to before it is needed.</summary>
    /// <param name="configuration">The app's configuration.</param>
    /// <param name="cloud">Where machines in Azure are.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Hears of restarts that were accepted.</param>
    public TargetFactory(IConfiguration configuration, AzureCloud cloud, TimeProvider timeProvider, ILogger<TargetFactory> logger)
    {
        this.configuration = configuration;
        this.timeProvider = timeProvider;
        this.logger = logger;
        credential = new Lazy<TokenCredential>(() => CredentialIn(cloud));
        arm = new Lazy<ArmAccess>(() => new ArmAccess(credential.Value, EnvironmentOf(cloud)));
    }

    /// <summary>A target that sends each order to the one of its host.</summary>
    /// <param name="inventory">Which hosts, and how.</param>
    /// <param name="processes">The target of kind <c>process</c>; null if there is none.</param>
    /// <param name="dryRun">True does nothing; false acts; null acts on local processes only.</param>
    /// <exception cref="InvalidOperationException">An entry is of kind <c>process</c>, but there are none.</exception>
    public InventoryTarget Create(HostInventory inventory, IRestartTarget? processes, bool? dryRun) => new(
        inventory,
        inventory.Entries.ToDictionary(entry => entry.Name, entry => TargetOf(entry, processes), StringComparer.Ordinal),
        entry => entry.IsDryRun(dryRun));

    /// <inheritdoc />
    public void Dispose()
    {
        webhooks.Dispose();
        probes.Dispose();
    }

    private IRestartTarget TargetOf(InventoryEntry entry, IRestartTarget? processes) => entry.Kind switch
    {
        TargetKind.Process => processes ?? throw new InvalidOperationException($"The target '{entry.Name}' is of kind process, but there are no processes to restart."),
        TargetKind.Webhook => new WebhookTarget(
            entry, webhooks, new WebhookAuthorization(entry.Webhook!, configuration, credential), new HostVerification(entry, probes, timeProvider), timeProvider, logger),
        _ => new ArmTarget(arm.Value, new ArmMachines(entry, arm.Value.Client), new HostVerification(entry, probes, timeProvider), entry.Times, timeProvider, logger),
    };

    private static HttpClient Client(TimeSpan timeout) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false,
    })
    {
        Timeout = timeout,
    };

    // In the public cloud the environment may name another authority, as for every program with this credential.
    private static DefaultAzureCredential CredentialIn(AzureCloud cloud) => cloud switch
    {
        AzureCloud.UsGovernment => new(new DefaultAzureCredentialOptions { AuthorityHost = AzureAuthorityHosts.AzureGovernment }),
        AzureCloud.China => new(new DefaultAzureCredentialOptions { AuthorityHost = AzureAuthorityHosts.AzureChina }),
        _ => new(),
    };

    private static ArmEnvironment EnvironmentOf(AzureCloud cloud) => cloud switch
    {
        AzureCloud.UsGovernment => ArmEnvironment.AzureGovernment,
        AzureCloud.China => ArmEnvironment.AzureChina,
        _ => ArmEnvironment.AzurePublicCloud,
    };
}
