using Mayhem.Locks;

namespace Mayhem.Messages;

/// <summary>
/// What can be done with one delivery. An adapter of the Service Bus SDK implements it. Every method reports failure by throwing;
/// from the isolated worker that is <c>Grpc.Core.RpcException</c>, never <c>ServiceBusException</c>.
/// </summary>
public interface IDeliveryActions : IRenewableLock
{
    /// <summary>Removes the message from the queue.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Gives the message back for redelivery and sets application properties on it.</summary>
    Task AbandonAsync(IReadOnlyDictionary<string, object> properties, CancellationToken cancellationToken);

    /// <summary>Moves the message to the dead-letter sub-queue.</summary>
    Task DeadLetterAsync(DeadLetter deadLetter, CancellationToken cancellationToken);

    /// <summary>Schedules a copy and returns when the broker has acknowledged it. The delivery itself is left as it is.</summary>
    Task ScheduleCopyAsync(RetryCopy copy, CancellationToken cancellationToken);
}

/// <summary>A dead letter, ready for the broker.</summary>
/// <param name="Reason">A stable code, at most 1024 characters.</param>
/// <param name="Description">What a person reads, at most 1024 characters; holds no value of a variable and nothing secret.</param>
/// <param name="Properties">Application properties to set, of types that AMQP knows.</param>
public sealed record DeadLetter(string Reason, string Description, IReadOnlyDictionary<string, object> Properties);

/// <summary>A copy of a message, to be scheduled for a later attempt. Body and sender's fields are those of the original.</summary>
/// <param name="MessageId">Derived from the root id and the copy's number, at most 128 characters: scheduling it twice makes one message.</param>
/// <param name="DueAt">When the broker is to deliver it.</param>
/// <param name="TimeToLive">What will be left of the original's time to live when the copy is due; null if it never expires.</param>
/// <param name="Properties">All application properties of the copy, the sender's included.</param>
public sealed record RetryCopy(string MessageId, DateTimeOffset DueAt, TimeSpan? TimeToLive, IReadOnlyDictionary<string, object> Properties);
