using Azure.Messaging.ServiceBus;

namespace Mayhem.DeadLetters.Messages;

/// <summary>Bodies as bytes. The SDK throws for one that is an AMQP value or sequence, as a JMS client sends it, and such a message must not hide all others.</summary>
public static class MessageBodies
{
    /// <summary>The bytes; none if the body is something else.</summary>
    public static ReadOnlyMemory<byte> Of(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return DataOf(() => message.Body) ?? ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>Checks that the body is bytes, so that a copy of them is a copy of it.</summary>
    /// <exception cref="BenchException">It is not.</exception>
    public static void ThrowUnlessBytes(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (DataOf(() => message.Body) is null)
            throw new BenchException($"The body of dead letter {message.SequenceNumber} is an AMQP value or sequence, and cannot be copied. It can be discarded, or given another body.");
    }

    /// <summary>The bytes; null if the body is something else.</summary>
    internal static ReadOnlyMemory<byte>? DataOf(Func<BinaryData?> body)
    {
        try
        {
            return body()?.ToMemory() ?? ReadOnlyMemory<byte>.Empty;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
