namespace Mayhem.Local.Broker;

/// <summary>Why the broker refused something.</summary>
public enum BrokerFailure
{
    /// <summary>There is no such queue.</summary>
    QueueNotFound,

    /// <summary>There is no message of that number, or it is not in the state that was asked for.</summary>
    MessageNotFound,

    /// <summary>The lock of the message has expired, or the message was settled.</summary>
    MessageLockLost,

    /// <summary>The lock of the session has expired or was released, or the message was settled.</summary>
    SessionLockLost,

    /// <summary>Somebody else holds the session.</summary>
    SessionCannotBeLocked,

    /// <summary>The message with its properties is larger than the queue allows.</summary>
    MessageSizeExceeded,

    /// <summary>The operation makes no sense for this queue, sub-queue or message.</summary>
    NotPermitted,

    /// <summary>The broker is closed.</summary>
    Closed,
}

/// <summary>The broker refused something. Nothing has changed.</summary>
public sealed class BrokerException(BrokerFailure failure, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public BrokerFailure Failure { get; } = failure;
}
