using System.Runtime.Serialization;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>Application properties as they would come out of AMQP at the other end.</summary>
internal static class AmqpProperties
{
    /// <summary>The properties, with values as a receiver will see them.</summary>
    /// <exception cref="SerializationException">AMQP does not know the type of a value.</exception>
    public static IReadOnlyDictionary<string, object> Of(IEnumerable<KeyValuePair<string, object>>? properties)
    {
        if (properties is null or ICollection<KeyValuePair<string, object>> { Count: 0 })
            return MessageContent.NoProperties;
        var sent = properties.ToDictionary(property => property.Key, property => Of(property.Value)!, StringComparer.Ordinal);
        return sent.Count == 0 ? MessageContent.NoProperties : sent;
    }

    private static object? Of(object? value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime(),
        Uri uri => new Uri(uri.AbsoluteUri),
        Stream stream => Bytes(stream),
        null => null,
        not byte[] when PropertyValues.IsAllowed(value) => value,
        _ => throw new SerializationException($"Serialization operation failed due to unsupported type {value.GetType().FullName}."),
    };

    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
