using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>Calls the broker, and throws what the SDK would throw.</summary>
internal static class BrokerCall
{
    /// <summary>Calls with an argument that is given apart, so that what every message needs is called without a closure.</summary>
    public static async Task<T> RunAsync<TArgument, T>(QueuePath path, Func<TArgument, Task<T>> call, TArgument argument, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await call(argument);
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Translate(failure, path);
        }
    }

    /// <inheritdoc cref="RunAsync{TArgument, T}" />
    public static async Task RunAsync<TArgument>(QueuePath path, Func<TArgument, Task> call, TArgument argument, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await call(argument);
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Translate(failure, path);
        }
    }

    public static Task<T> RunAsync<T>(QueuePath path, Func<Task<T>> call, CancellationToken cancellationToken) => RunAsync(path, static call => call(), call, cancellationToken);

    /// <summary>True for what the SDK would not throw.</summary>
    public static bool IsForeign(Exception failure) => failure is BrokerException or ObjectDisposedException or IOException or (OperationCanceledException and not TaskCanceledException);

    /// <summary>What the SDK would throw for what <see cref="IsForeign"/>.</summary>
    public static Exception Translate(Exception failure, QueuePath path) => failure switch
    {
        OperationCanceledException cancelled => new TaskCanceledException(cancelled.Message, cancelled, cancelled.CancellationToken),
        BrokerException refused => Translate(refused, path),
        ObjectDisposedException closed => new ServiceBusException(closed.Message, ServiceBusFailureReason.ServiceCommunicationProblem, path.Path, closed),
        _ => new ServiceBusException(failure.Message, ServiceBusFailureReason.GeneralError, path.Path, failure),
    };

    private static Exception Translate(BrokerException refused, QueuePath path) => refused.Failure switch
    {
        BrokerFailure.NotPermitted => new InvalidOperationException(refused.Message, refused),
        var failure => new ServiceBusException(refused.Message, Reason(failure), path.Path, refused),
    };

    private static ServiceBusFailureReason Reason(BrokerFailure failure) => failure switch
    {
        BrokerFailure.QueueNotFound => ServiceBusFailureReason.MessagingEntityNotFound,
        BrokerFailure.MessageNotFound => ServiceBusFailureReason.MessageNotFound,
        BrokerFailure.MessageLockLost => ServiceBusFailureReason.MessageLockLost,
        BrokerFailure.SessionLockLost => ServiceBusFailureReason.SessionLockLost,
        BrokerFailure.SessionCannotBeLocked => ServiceBusFailureReason.SessionCannotBeLocked,
        BrokerFailure.MessageSizeExceeded => ServiceBusFailureReason.MessageSizeExceeded,
        BrokerFailure.Closed => ServiceBusFailureReason.ServiceCommunicationProblem,
        _ => ServiceBusFailureReason.GeneralError,
    };
}
