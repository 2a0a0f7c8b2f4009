using Azure.Core;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>How the app reaches Service Bus for sending: the same settings that the trigger's connection takes.</summary>
public sealed class ServiceBusConnection
{
    /// <summary>The name of the connection, and the key of its connection string.</summary>
    public const string Key = "ServiceBusConnection";

    private const string NamespaceKey = $"{Key}__fullyQualifiedNamespace";
    private const string ClientIdKey = $"{Key}__clientId";
    private const string CredentialKey = $"{Key}__credential";
    private const string ManagedIdentity = "managedidentity";

    private string? connectionString;
    private string? fullyQualifiedNamespace;
    private string? clientId;
    private string? credential;

    /// <summary>Reads the settings; what is wrong with them is told by <see cref="Problems"/>.</summary>
    public static ServiceBusConnection From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Key);
        return new ServiceBusConnection
        {
            connectionString = Given(section.Value),
            fullyQualifiedNamespace = Given(section["fullyQualifiedNamespace"]),
            clientId = Given(section["clientId"]),
            credential = Given(section["credential"]),
        };
    }

    /// <summary>What is wrong with the values, one sentence each that names the key and never holds a secret.</summary>
    public IEnumerable<string> Problems()
    {
        if (connectionString is null && fullyQualifiedNamespace is null)
            yield return $"{Key} is missing: give a connection string, or {NamespaceKey} to connect with an identity.";
        if (connectionString is not null && fullyQualifiedNamespace is not null)
            yield return $"{Key} and {NamespaceKey} are both given: leave one of them out.";
        if (connectionString is not null && !IsConnectionString(connectionString))
            yield return $"{Key} is not a Service Bus connection string: it looks like Endpoint=sb://NAME.servicebus.windows.net/;SharedAccessKeyName=…;SharedAccessKey=….";
        if (fullyQualifiedNamespace is { } name && Uri.CheckHostName(name) != UriHostNameType.Dns)
            yield return $"{NamespaceKey} is '{name}'; give the host name alone, as my-namespace.servicebus.windows.net.";
        if (credential is not null && !IsManagedIdentity)
            yield return $"{CredentialKey} is '{credential}'; give {ManagedIdentity}, or leave it out to use whatever identity the environment offers.";
        if (clientId is not null && credential is null)
            yield return $"{ClientIdKey} is given without {CredentialKey}: set that to {ManagedIdentity} to use the user-assigned identity '{clientId}'.";
    }

    /// <summary>A client; it connects when it is first used.</summary>
    public ServiceBusClient Connect() => fullyQualifiedNamespace is null
        ? new ServiceBusClient(connectionString)
        : new ServiceBusClient(fullyQualifiedNamespace, Credential());

    private bool IsManagedIdentity => string.Equals(credential, ManagedIdentity, StringComparison.OrdinalIgnoreCase);

    private TokenCredential Credential()
    {
        if (!IsManagedIdentity)
            return new DefaultAzureCredential();
        return new ManagedIdentityCredential(clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return ServiceBusConnectionStringProperties.Parse(text).Endpoint is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
