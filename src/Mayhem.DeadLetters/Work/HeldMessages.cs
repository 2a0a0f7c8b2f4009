using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;

namespace Mayhem.DeadLetters.Work;

/// <summary>
/// Dead letters that had to be received to come to later ones, and are not meant: there is no receiving by number. They stay locked, so that they are not received again and again, and are given
/// back at the end. That counts as a delivery, of which a dead letter may have any number. Not thread-safe.
/// </summary>
internal sealed class HeldMessages(ServiceBusReceiver receiver, long mostBytes, TimeProvider time)
{
    private const int AtATime = 32;
    private const int OverheadBytes = 2048;

    private readonly Dictionary<long, Held> held = [];
    private long bytes;

    /// <summary>True if there is no room for more.</summary>
    public bool IsFull => bytes >= mostBytes;

    /// <summary>Keeps one locked.</summary>
    public void Add(ServiceBusReceivedMessage message)
    {
        if (!held.ContainsKey(message.SequenceNumber))
            bytes += SizeOf(message);
        held[message.SequenceNumber] = new Held(message, new MessageLock(message, time));
    }

    /// <summary>Renews the locks that are half over. One that is lost already makes its message come again; that does no harm.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var due = held.Values.Where(one => one.Lock.IsHalfOver).ToList();
        await ForAllAsync(due, async one =>
        {
            if (!await one.Lock.TryRenewAsync(receiver))
                Forget(one.Message);
        }, cancellationToken);
    }

    /// <summary>Gives all of them back. Those that cannot be given back are free when their locks end.</summary>
    public async Task GiveBackAsync()
    {
        var all = held.Values.ToList();
        await ForAllAsync(all, async one =>
        {
            try
            {
                await receiver.AbandonMessageAsync(one.Message, propertiesToModify: null, CancellationToken.None);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Forget(one.Message);
            }
        }, CancellationToken.None);
        held.Clear();
        bytes = 0;
    }

    private void Forget(ServiceBusReceivedMessage message)
    {
        lock (held)
        {
            if (held.Remove(message.SequenceNumber))
                bytes -= SizeOf(message);
        }
    }

    private static Task ForAllAsync(List<Held> all, Func<Held, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        all, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (one, _) => await act(one));

    private static int SizeOf(ServiceBusReceivedMessage message) => MessageBodies.Of(message).Length + OverheadBytes;

    private sealed record Held(ServiceBusReceivedMessage Message, MessageLock Lock);
}
