#nullable disable
namespace Azure.Messaging.ServiceBus;

/// <summary>What the SDK throws when the broker refuses or cannot be reached.</summary>
public class ServiceBusException : Exception
{
    public ServiceBusException()
    {
    }

    public ServiceBusException(
        bool isTransient,
        string message,
        string entityName = default,
        ServiceBusFailureReason reason = ServiceBusFailureReason.GeneralError,
        Exception innerException = default)
        : base(message, innerException)
    {
        IsTransient = isTransient;
        EntityPath = entityName;
        Reason = reason;
    }

    public ServiceBusException(string message, ServiceBusFailureReason reason, string entityPath = default, Exception innerException = default)
        : this(IsTransientReason(reason), message, entityPath, reason, innerException)
    {
    }

    public string EntityPath { get; }

    public bool IsTransient { get; }

    public override string Message => string.IsNullOrEmpty(EntityPath)
        ? $"{base.Message} ({Reason})"
        : $"{base.Message} ({EntityPath} - {Reason})";

    public ServiceBusFailureReason Reason { get; }

    private static bool IsTransientReason(ServiceBusFailureReason reason) =>
        reason is ServiceBusFailureReason.ServiceCommunicationProblem or ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceBusy;
}
