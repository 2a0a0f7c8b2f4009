namespace Mayhem.Local.Broker;

/// <summary>What a restart does to a queue.</summary>
internal sealed partial class QueueState
{
    /// <summary>When the first scheduled message is due or the first message expires, by the wall clock; null if neither is ahead.</summary>
    public DateTimeOffset? NextDue =>
        (schedule.First?.ScheduledFor, expiries.First?.ExpiresAt) switch
        {
            ({ } due, { } expiry) => due < expiry ? due : expiry,
            var (due, expiry) => due ?? expiry,
        };

    /// <summary>To be called after a replay: the deliveries of the process that died have failed, which can be one too many for a message.</summary>
    public void EndDeliveriesOfEarlierProcess(Moment now)
    {
        at = now.WallClock;
        foreach (var message in active.Messages.From(0).Where(message => message.IsUnsettled).ToList())
            DeadLetterIfExhausted(message);
        Advance(now);
    }

    private void RestoreMessage(BrokeredMessage kept, bool isDeferred)
    {
        var message = new StoredMessage
        {
            Content = kept.Content,
            SequenceNumber = kept.SequenceNumber,
            EnqueuedAt = kept.EnqueuedAt,
            Properties = kept.Properties,
            ExpiresAt = kept.ExpiresAt,
            DeliveryCount = kept.DeliveryCount,
            DeadLetterSource = kept.DeadLetterSource,
            DeadLetterReason = kept.DeadLetterReason,
            IsDeferred = isDeferred,
            IsUnsettled = kept.State == MessageState.Locked,
        };
        Insert(message, isDeferred ? MessageState.Deferred : kept.State == MessageState.Scheduled ? MessageState.Scheduled : MessageState.Active);
    }
}
