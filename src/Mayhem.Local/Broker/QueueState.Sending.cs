namespace Mayhem.Local.Broker;

/// <summary>Accepting messages, now or for later; dropping duplicates.</summary>
internal sealed partial class QueueState
{
    private const int MaxIdLength = 128;

    /// <summary>Accepts a message, for now or for the time it is scheduled for.</summary>
    /// <returns>Its number. Of a duplicate, which is dropped: the number under which its id was accepted.</returns>
    public long Send(MessageContent content, Moment now)
    {
        Advance(now);
        Check(content);
        return Accept(content);
    }

    /// <summary>Accepts all of the messages, or none.</summary>
    public IReadOnlyList<long> Send(IReadOnlyList<MessageContent> contents, Moment now)
    {
        Advance(now);
        foreach (var content in contents)
            Check(content);
        if (contents.Sum(MessageSize.Of) is var size && size > options.MaxMessageBytes)
            throw TooLarge($"A batch of {contents.Count} messages", size);
        return [.. contents.Select(Accept)];
    }

    /// <summary>Takes back messages that are not due yet: all of them, or none.</summary>
    public void Cancel(IReadOnlyList<long> sequenceNumbers, Moment now)
    {
        Advance(now);
        foreach (var number in sequenceNumbers)
        {
            if (active.Messages.Find(number) is not { Place: MessageState.Scheduled })
                throw new BrokerException(BrokerFailure.MessageNotFound, $"Queue '{name}' has no scheduled message {number}: it is due already, or was never scheduled.");
        }
        foreach (var number in sequenceNumbers.Distinct())
        {
            Emit(new QueueEvent.Cancelled(number));
            cancelled++;
        }
    }

    private long Accept(MessageContent content)
    {
        if (duplicates?.Find(content.MessageId, at) is { } original)
        {
            duplicatesDropped++;
            return original;
        }
        var number = nextSequenceNumber;
        Emit(new QueueEvent.Accepted(number, content));
        accepted++;
        return number;
    }

    private void ActivateDue()
    {
        while (schedule.TryFirst(out var due) && due.ScheduledFor <= at)
            Emit(new QueueEvent.Activated(due.SequenceNumber, nextSequenceNumber));
    }

    private void ApplyActivated(QueueEvent.Activated activated, DateTimeOffset activatedAt)
    {
        var message = Remove(activated.ScheduledNumber);
        nextSequenceNumber = Math.Max(nextSequenceNumber, activated.SequenceNumber + 1);
        message.SequenceNumber = activated.SequenceNumber;
        message.EnqueuedAt = activatedAt;
        message.ExpiresAt = ExpiryOf(message);
        Insert(message, MessageState.Active);
    }

    private void Check(MessageContent content)
    {
        CheckId(content.MessageId, nameof(content.MessageId));
        CheckId(content.SessionId, nameof(content.SessionId));
        CheckId(content.PartitionKey, nameof(content.PartitionKey));
        CheckId(content.ReplyToSessionId, nameof(content.ReplyToSessionId));
        if (content.MessageId.Length == 0)
            throw new ArgumentException("MessageId is empty; it must have 1 to 128 characters.", nameof(content));
        if (content.TimeToLive <= TimeSpan.Zero)
            throw new ArgumentException($"TimeToLive is {content.TimeToLive}; it must be more than 0, or null.", nameof(content));
        if (options.RequiresSession && content.SessionId is null)
            throw new BrokerException(BrokerFailure.NotPermitted, $"Queue '{name}' requires sessions, and message '{content.MessageId}' has no SessionId.");
        foreach (var (property, value) in content.Properties)
        {
            if (value is not null && !PropertyValues.IsAllowed(value))
                throw new ArgumentException($"Application property '{property}' is a {value.GetType()}, which AMQP does not know.", nameof(content));
        }
        if (MessageSize.Of(content) is var size && size > options.MaxMessageBytes)
            throw TooLarge($"Message '{content.MessageId}'", size);
    }

    private BrokerException TooLarge(string what, long size) =>
        new(BrokerFailure.MessageSizeExceeded, $"{what} takes {size} bytes; queue '{name}' allows {options.MaxMessageBytes}.");

    private static void CheckId(string? id, string field)
    {
        if (id?.Length > MaxIdLength)
            throw new ArgumentException($"{field} has {id.Length} characters; at most {MaxIdLength} are allowed.", field);
    }
}
