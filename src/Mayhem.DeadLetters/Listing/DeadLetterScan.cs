using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;

namespace Mayhem.DeadLetters.Listing;

/// <summary>Walks through the dead letters in the order of their numbers, and locks none.</summary>
internal static class DeadLetterScan
{
    private const int Batch = 250;

    /// <summary>All dead letters from a number on. A namespace gives fewer at a time than it is asked for; only nothing is the end.</summary>
    public static async IAsyncEnumerable<ServiceBusReceivedMessage> FromAsync(ServiceBusReceiver receiver, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await receiver.PeekMessagesAsync(Batch, from, cancellationToken) is { Count: > 0 } peeked)
        {
            foreach (var message in peeked)
                yield return message;
            from = peeked[^1].SequenceNumber + 1;
        }
    }
}
