using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard.DeadLetters;

/// <summary>
/// The dead letters of the queue, as rows. Where their numbers can be had without reading them, only new ones are read; elsewhere all are read again, now and then, and only those that are new are
/// looked into. Nothing is locked or changed.
/// </summary>
internal sealed class DeadLetterShelf : IDisposable
{
    private const int AtOnce = 250;
    private const int Most = 250_000;
    // Above this share of new numbers, reading all of them in their order is quicker than reading each.
    private const int FewOf = 8;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FreshForAcrossTheNetwork = TimeSpan.FromSeconds(10);

    private readonly DashboardSources sources;
    private readonly Refreshed<DeadLetterList> list;

    /// <summary>The dead letters of these sources.</summary>
    public DeadLetterShelf(DashboardSources sources, TimeProvider clock, ILogger logger)
    {
        this.sources = sources;
        var freshFor = sources.DeadLetterNumbers is null ? FreshForAcrossTheNetwork : FreshFor;
        list = new Refreshed<DeadLetterList>("the dead letters", LookAsync, freshFor, clock, logger);
    }

    /// <summary>All of them.</summary>
    public ValueTask<Known<DeadLetterList>> ListAsync(CancellationToken cancellationToken) => list.GetAsync(cancellationToken);

    /// <summary>One in full; null if it is not there, or not there any more.</summary>
    public async Task<ServiceBusReceivedMessage?> FindAsync(long number, CancellationToken cancellationToken)
    {
        await using var receiver = Receiver();
        var found = await receiver.PeekMessagesAsync(1, number, cancellationToken);
        return found is [var message, ..] && message.SequenceNumber == number ? message : null;
    }

    /// <summary>Makes the next question look again: something has just been changed.</summary>
    public void Expire() => list.Expire();

    /// <inheritdoc />
    public void Dispose() => list.Dispose();

    private ServiceBusReceiver Receiver() => sources.Client.CreateReceiver(sources.Queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    private async Task<DeadLetterList> LookAsync(DeadLetterList? before, CancellationToken cancellationToken)
    {
        await using var receiver = Receiver();
        if (before is null || sources.DeadLetterNumbers?.Invoke() is not { } numbers)
            return await ReadAllAsync(receiver, before, cancellationToken);
        var fresh = numbers.Where(number => !before.ByNumber.ContainsKey(number)).ToList();
        if (fresh.Count == 0 && numbers.Count == before.ByNumber.Count)
            return before;
        if (fresh.Count > AtOnce && fresh.Count > numbers.Count / FewOf)
            return await ReadAllAsync(receiver, before, cancellationToken);
        return await ReadNewAsync(receiver, before, numbers, fresh, cancellationToken);
    }

    private static async Task<DeadLetterList> ReadAllAsync(ServiceBusReceiver receiver, DeadLetterList? before, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, DeadLetterRow>(before?.ByNumber.Count ?? 0);
        long from = 0;
        while (found.Count < Most)
        {
            var messages = await receiver.PeekMessagesAsync(AtOnce, from, cancellationToken);
            if (messages.Count == 0)
                return new DeadLetterList(found, isComplete: true);
            foreach (var message in messages)
                found[message.SequenceNumber] = before?.ByNumber.GetValueOrDefault(message.SequenceNumber) ?? DeadLetterRow.Of(message);
            from = messages[^1].SequenceNumber + 1;
        }

        return new DeadLetterList(found, isComplete: false);
    }

    private static async Task<DeadLetterList> ReadNewAsync(
        ServiceBusReceiver receiver, DeadLetterList before, IReadOnlyList<long> numbers, List<long> fresh, CancellationToken cancellationToken)
    {
        var read = new Dictionary<long, DeadLetterRow>(fresh.Count);
        foreach (var number in fresh)
        {
            if (read.ContainsKey(number))
                continue;
            // Those beside it are often new as well.
            foreach (var message in await receiver.PeekMessagesAsync(Math.Min(fresh.Count, AtOnce), number, cancellationToken))
            {
                if (!before.ByNumber.ContainsKey(message.SequenceNumber))
                    read.TryAdd(message.SequenceNumber, DeadLetterRow.Of(message));
            }
        }

        var found = new Dictionary<long, DeadLetterRow>(numbers.Count);
        foreach (var number in numbers)
        {
            // One that has been taken away since its number was asked for is in neither.
            if ((before.ByNumber.GetValueOrDefault(number) ?? read.GetValueOrDefault(number)) is { } row)
                found[number] = row;
        }

        return new DeadLetterList(found, isComplete: true);
    }
}
