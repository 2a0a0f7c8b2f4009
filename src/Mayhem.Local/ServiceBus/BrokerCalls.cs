using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>Calls one queue of the broker, and throws what the SDK would throw.</summary>
internal sealed class BrokerCalls(EmbeddedBroker broker, QueuePath path)
{
    /// <summary>For what every message needs: the argument is given apart, so that no closure is made.</summary>
    public async ValueTask<T> RunAsync<TArgument, T>(
        Func<BrokerQueue, TArgument, CancellationToken, ValueTask<T>> call, TArgument argument, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await call(broker.Queue(path.Queue), argument, cancellationToken);
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Translate(failure);
        }
    }

    /// <inheritdoc cref="RunAsync{TArgument, T}" />
    public async ValueTask RunAsync<TArgument>(
        Func<BrokerQueue, TArgument, CancellationToken, ValueTask> call, TArgument argument, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await call(broker.Queue(path.Queue), argument, cancellationToken);
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Translate(failure);
        }
    }

    /// <summary>For what is rare.</summary>
    public Task<T> RunAsync<T>(Func<BrokerQueue, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(static (queue, call, _) => new ValueTask<T>(call(queue)), call, cancellationToken).AsTask();

    /// <inheritdoc cref="RunAsync{T}(Func{BrokerQueue, Task{T}}, CancellationToken)" />
    public Task RunAsync(Func<BrokerQueue, Task> call, CancellationToken cancellationToken) =>
        RunAsync(static (queue, call, _) => new ValueTask(call(queue)), call, cancellationToken).AsTask();

    private static bool IsForeign(Exception failure) => failure is BrokerException or ObjectDisposedException or IOException or (OperationCanceledException and not TaskCanceledException);

    private Exception Translate(Exception failure) => failure switch
    {
        OperationCanceledException cancelled => new TaskCanceledException(cancelled.Message, cancelled, cancelled.CancellationToken),
        BrokerException { Failure: BrokerFailure.NotPermitted } refused => new InvalidOperationException(refused.Message, refused),
        BrokerException refused => new ServiceBusException(refused.Message, Reason(refused.Failure), path.Path, refused),
        ObjectDisposedException closed => new ServiceBusException(closed.Message, ServiceBusFailureReason.ServiceCommunicationProblem, path.Path, closed),
        _ => new ServiceBusException(failure.Message, ServiceBusFailureReason.GeneralError, path.Path, failure),
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
