namespace Mayhem.Local.Broker;

/// <summary>What a receiver says about a message it has locked.</summary>
internal sealed partial class QueueState
{
    /// <summary>Removes a message.</summary>
    public void Complete(Guid lockToken, Moment now)
    {
        Advance(now);
        Emit(new QueueEvent.Completed(Locked(lockToken).SequenceNumber));
        completed++;
    }

    /// <summary>Gives a message back, to its place in the order, with application properties set on it. The last allowed delivery makes it a dead letter.</summary>
    public void Abandon(Guid lockToken, IReadOnlyDictionary<string, object> properties, Moment now)
    {
        Advance(now);
        var message = Locked(lockToken);
        CheckValues(properties);
        Emit(new QueueEvent.Abandoned(message.SequenceNumber, properties));
        abandoned++;
        DeadLetterIfExhausted(message);
    }

    /// <summary>Sets a message aside, to be received by its number.</summary>
    public void Defer(Guid lockToken, IReadOnlyDictionary<string, object> properties, Moment now)
    {
        Advance(now);
        var message = Locked(lockToken);
        CheckValues(properties);
        Emit(new QueueEvent.Deferred(message.SequenceNumber, properties));
        deferred++;
    }

    /// <summary>Moves a message to the dead letters.</summary>
    public void DeadLetter(Guid lockToken, string? reason, string? description, IReadOnlyDictionary<string, object> properties, Moment now)
    {
        Advance(now);
        var message = Locked(lockToken);
        CheckValues(properties);
        if (message.IsDeadLetter)
            throw new BrokerException(BrokerFailure.NotPermitted, $"Message {message.SequenceNumber} of queue '{name}' is a dead letter already.");
        DeadLetter(message, reason, description, properties);
    }

    private static void CheckValues(IReadOnlyDictionary<string, object> properties)
    {
        foreach (var (property, value) in properties)
        {
            if (value is not null && !PropertyValues.IsAllowed(value))
                throw new ArgumentException($"Application property '{property}' is a {value.GetType()}, which AMQP does not know.", nameof(properties));
        }
    }
}
