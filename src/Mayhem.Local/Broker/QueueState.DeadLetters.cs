namespace Mayhem.Local.Broker;

/// <summary>How messages become dead letters: by request, by too many deliveries, by age.</summary>
internal sealed partial class QueueState
{
    private const string MaxDeliveryCountExceeded = "MaxDeliveryCountExceeded";
    private const string TtlExpired = "TTLExpiredException";

    private DateTimeOffset? ExpiryOf(StoredMessage message)
    {
        var life = (message.Content.TimeToLive, options.DefaultTimeToLive) switch
        {
            ({ } own, { } limit) => own < limit ? own : limit,
            var (own, limit) => own ?? limit,
        };
        return life is { } span && span < DateTimeOffset.MaxValue - message.EnqueuedAt ? message.EnqueuedAt + span : null;
    }

    private void ExpireDue()
    {
        while (expiries.TryFirst(out var message) && message.ExpiresAt <= at)
        {
            if (options.DeadLetteringOnMessageExpiration)
            {
                DeadLetter(message, TtlExpired, "The message expired and was dead lettered.", MessageContent.NoProperties);
            }
            else
            {
                Emit(new QueueEvent.Expired(message.SequenceNumber));
                expiredDropped++;
            }
        }
    }

    private void DeadLetterIfExhausted(StoredMessage message)
    {
        if (!message.IsDeadLetter && message.DeliveryCount >= options.MaxDeliveryCount)
        {
            DeadLetter(message, MaxDeliveryCountExceeded, $"Message could not be consumed after {options.MaxDeliveryCount} delivery attempts.",
                MessageContent.NoProperties);
        }
    }

    private void DeadLetter(StoredMessage message, string? reason, string? description, IReadOnlyDictionary<string, object> properties)
    {
        Emit(new QueueEvent.DeadLettered(message.SequenceNumber, reason, description, properties));
        deadLetteredBy[reason ?? ""] = deadLetteredBy.GetValueOrDefault(reason ?? "") + 1;
    }

    private void ApplyDeadLettered(QueueEvent.DeadLettered dead, DateTimeOffset deadAt)
    {
        var message = Remove(dead.SequenceNumber);
        audit?.DeadLettered(message, dead.Reason, deadAt);
        var changed = new Dictionary<string, object>(message.Properties, StringComparer.Ordinal);
        foreach (var (property, value) in dead.Properties)
            changed[property] = value;
        if (dead.Reason is not null)
            changed[DeadLetterReason] = dead.Reason;
        if (dead.Description is not null)
            changed[DeadLetterDescription] = dead.Description;
        message.Properties = changed;
        message.DeadLetterSource = name;
        message.DeadLetterReason = dead.Reason;
        message.IsUnsettled = false;
        message.IsDeferred = false;
        message.ExpiresAt = null;
        Insert(message, MessageState.Active);
    }
}
