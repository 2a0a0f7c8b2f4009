#nullable disable
namespace Azure.Messaging.ServiceBus;

/// <summary>The parts of a connection string.</summary>
public class ServiceBusConnectionStringProperties
{
    public Uri Endpoint { get; private set; }

    public string EntityPath { get; private set; }

    public string FullyQualifiedNamespace => Endpoint?.Host;

    public string SharedAccessKey { get; private set; }

    public string SharedAccessKeyName { get; private set; }

    public string SharedAccessSignature { get; private set; }

    public static ServiceBusConnectionStringProperties Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var parsed = new ServiceBusConnectionStringProperties();
        foreach (var pair in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var separator = pair.IndexOf('=', StringComparison.Ordinal);
            if (separator <= 0)
                throw new FormatException("The connection string used for a Service Bus client is malformed: a part has no name.");
            parsed.Set(pair[..separator].Trim(), pair[(separator + 1)..].Trim());
        }

        return parsed;
    }

    private void Set(string name, string value)
    {
        if (string.Equals(name, "Endpoint", StringComparison.OrdinalIgnoreCase))
            Endpoint = Uri.TryCreate(value, UriKind.Absolute, out var endpoint) ? endpoint : throw new FormatException("The connection string has an invalid Endpoint address.");
        else if (string.Equals(name, "EntityPath", StringComparison.OrdinalIgnoreCase))
            EntityPath = value;
        else if (string.Equals(name, "SharedAccessKey", StringComparison.OrdinalIgnoreCase))
            SharedAccessKey = value;
        else if (string.Equals(name, "SharedAccessKeyName", StringComparison.OrdinalIgnoreCase))
            SharedAccessKeyName = value;
        else if (string.Equals(name, "SharedAccessSignature", StringComparison.OrdinalIgnoreCase))
            SharedAccessSignature = value;
    }
}
