namespace Azure.Messaging.ServiceBus;

/// <summary>Where a message is in its life.</summary>
public enum ServiceBusMessageState
{
    Active = 0,
    Deferred = 1,
    Scheduled = 2,
}

/// <summary>Whether receiving locks a message or removes it.</summary>
public enum ServiceBusReceiveMode
{
    PeekLock = 0,
    ReceiveAndDelete = 1,
}

/// <summary>The queues beside a queue.</summary>
public enum SubQueue
{
    None = 0,
    DeadLetter = 1,
    TransferDeadLetter = 2,
}

/// <summary>How the client reaches the broker.</summary>
public enum ServiceBusTransportType
{
    AmqpTcp = 0,
    AmqpWebSockets = 1,
}

/// <summary>How the client spaces its own retries of AMQP operations.</summary>
public enum ServiceBusRetryMode
{
    Fixed = 0,
    Exponential = 1,
}
