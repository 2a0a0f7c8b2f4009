using Mayhem.Messages;
using Mayhem.Testing;

namespace Mayhem.Core.Tests.Processing;

/// <summary>A queue in a few lines, for tests of the processor alone: peek-lock, delivery count, scheduled copies, duplicate detection. Keeps book of every settlement.</summary>
internal sealed class SimulatedQueue(ManualTimeProvider clock, TimeSpan lockDuration)
{
    private readonly List<Message> messages = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public bool DetectsDuplicates { get; init; } = true;

    public List<DeadLetter> DeadLetters { get; } = [];

    public List<string> Completed { get; } = [];

    public List<RetryCopy> Copies { get; } = [];

    /// <summary>What was tried without a lock, or a second time.</summary>
    public List<string> Violations { get; } = [];

    public bool IsEmpty => messages.Count == 0;

    /// <summary>Makes every settlement fail, as a broker that cannot be reached.</summary>
    public bool RefusesSettlement { get; set; }

    /// <summary>Makes completions fail, and nothing else.</summary>
    public bool RefusesCompletion { get; set; }

    public bool RefusesRenewal { get; set; }

    /// <summary>Sends a message that has been delivered before, so often, to processes that died.</summary>
    public void Send(Delivery delivery, int deaths = 0) => messages.Add(new Message(delivery, deaths, clock.GetUtcNow()));

    /// <summary>The next delivery; the clock moves on to it. Null when the queue is empty.</summary>
    public (Delivery Delivery, IDeliveryActions Actions)? Receive()
    {
        if (messages.MinBy(message => message.AvailableAt) is not { } next)
            return null;
        if (next.AvailableAt > clock.GetUtcNow())
            clock.Advance(next.AvailableAt - clock.GetUtcNow());
        next.AvailableAt = clock.GetUtcNow() + lockDuration;
        next.Delivery = next.Delivery with { DeliveryCount = next.Delivery.DeliveryCount + 1, LockedUntil = next.AvailableAt };
        return (next.Delivery, new Actions(this, next));
    }

    private sealed class Message(Delivery delivery, int deaths, DateTimeOffset availableAt)
    {
        public Delivery Delivery { get; set; } = delivery with { DeliveryCount = deaths };

        public DateTimeOffset AvailableAt { get; set; } = availableAt;
    }

    private sealed class Actions(SimulatedQueue queue, Message message) : IDeliveryActions
    {
        private bool settled;

        public Task CompleteAsync(CancellationToken cancellationToken) => Settle("complete", () =>
        {
            queue.messages.Remove(message);
            queue.Completed.Add(message.Delivery.MessageId);
        });

        public Task DeadLetterAsync(DeadLetter deadLetter, CancellationToken cancellationToken) => Settle("dead-letter", () =>
        {
            queue.messages.Remove(message);
            queue.DeadLetters.Add(deadLetter);
        });

        public Task AbandonAsync(IReadOnlyDictionary<string, object> properties, CancellationToken cancellationToken) => Settle("abandon", () =>
        {
            message.AvailableAt = queue.Now;
            message.Delivery = message.Delivery with
            {
                Properties = message.Delivery.Properties.Concat(properties).GroupBy(pair => pair.Key, StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal),
            };
        });

        public Task ScheduleCopyAsync(RetryCopy copy, CancellationToken cancellationToken)
        {
            if (queue.RefusesSettlement)
                throw new IOException("The broker cannot be reached.");
            queue.Copies.Add(copy);
            if (queue.seen.Add(copy.MessageId) || !queue.DetectsDuplicates)
            {
                queue.messages.Add(new Message(
                    message.Delivery with { MessageId = copy.MessageId, Properties = copy.Properties, EnqueuedAt = queue.Now }, deaths: 0, copy.DueAt));
            }

            return Task.CompletedTask;
        }

        public Task RenewLockAsync(CancellationToken cancellationToken)
        {
            if (queue.RefusesRenewal)
                throw new IOException("The broker cannot be reached.");
            if (settled)
                queue.Violations.Add("renewal after the settlement");
            message.AvailableAt = queue.Now + queue.LockDuration;
            return Task.CompletedTask;
        }

        private Task Settle(string how, Action change)
        {
            if (queue.RefusesSettlement || (queue.RefusesCompletion && how == "complete"))
                throw new IOException("The broker cannot be reached.");
            if (settled)
                queue.Violations.Add($"{how} of a settled delivery");
            if (message.AvailableAt < queue.Now)
                queue.Violations.Add($"{how} after the lock had ended");
            settled = true;
            change();
            return Task.CompletedTask;
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private TimeSpan LockDuration => lockDuration;
}
