#nullable disable
using Azure.Core;
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus.Administration;

/// <summary>Manages the entities of one namespace.</summary>
public class ServiceBusAdministrationClient
{
    protected ServiceBusAdministrationClient()
    {
    }

    public ServiceBusAdministrationClient(string connectionString) => ServiceBusConnectionStringProperties.Parse(connectionString);

    public ServiceBusAdministrationClient(string fullyQualifiedNamespace, TokenCredential credential)
    {
        ArgumentException.ThrowIfNullOrEmpty(fullyQualifiedNamespace);
        ArgumentNullException.ThrowIfNull(credential);
    }

    public virtual Task<Response<QueueProperties>> GetQueueAsync(string name, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusAdministrationClient.GetQueueAsync");

    public virtual Task<Response<QueueRuntimeProperties>> GetQueueRuntimePropertiesAsync(string name, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusAdministrationClient.GetQueueRuntimePropertiesAsync");

    public virtual Task<Response<bool>> QueueExistsAsync(string name, CancellationToken cancellationToken = default) =>
        throw Surface.NeedsPackages("ServiceBusAdministrationClient.QueueExistsAsync");
}
