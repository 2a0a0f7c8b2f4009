#nullable disable
using Mayhem.AzureSurface;

namespace Azure.Messaging.ServiceBus;

/// <summary>How a client connects.</summary>
public class ServiceBusClientOptions
{
    public bool EnableCrossEntityTransactions { get; set; }

    public string Identifier { get; set; }

    public ServiceBusRetryOptions RetryOptions { get; set; } = new();

    public ServiceBusTransportType TransportType { get; set; }
}

/// <summary>How a client retries its own AMQP operations; messages are not retried by it.</summary>
public class ServiceBusRetryOptions
{
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(0.8);

    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(1);

    public int MaxRetries { get; set; } = 3;

    public ServiceBusRetryMode Mode { get; set; } = ServiceBusRetryMode.Exponential;

    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>How a sender sends.</summary>
public class ServiceBusSenderOptions
{
    public string Identifier { get; set; }
}

/// <summary>How a receiver receives.</summary>
public class ServiceBusReceiverOptions
{
    private int prefetchCount;

    public string Identifier { get; set; }

    public int PrefetchCount
    {
        get => prefetchCount;
        set => prefetchCount = Guard.NotNegative(value, nameof(PrefetchCount));
    }

    public ServiceBusReceiveMode ReceiveMode { get; set; }

    public SubQueue SubQueue { get; set; }
}

/// <summary>How a receiver of one session receives.</summary>
public class ServiceBusSessionReceiverOptions
{
    private int prefetchCount;

    public string Identifier { get; set; }

    public int PrefetchCount
    {
        get => prefetchCount;
        set => prefetchCount = Guard.NotNegative(value, nameof(PrefetchCount));
    }

    public ServiceBusReceiveMode ReceiveMode { get; set; }
}
