using Azure.Messaging.ServiceBus;
using Mayhem.Local.Broker;

namespace Mayhem.Local.ServiceBus;

/// <summary>Calls the broker, and throws what the SDK would throw.</summary>
internal static class BrokerCall
{
    public static async Task<T> RunAsync<T>(QueuePath path, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await call();
        }
        catch (OperationCanceledException cancelled) when (cancelled is not TaskCanceledException)
        {
            throw new TaskCanceledException(cancelled.Message, cancelled, cancelled.CancellationToken);
        }
        catch (BrokerException refused)
        {
            throw Translate(refused, path);
        }
        catch (ObjectDisposedException closed)
        {
            throw new ServiceBusException(closed.Message, ServiceBusFailureReason.ServiceCommunicationProblem, path.Path, closed);
        }
        catch (IOException broken)
        {
            throw new ServiceBusException(broken.Message, ServiceBusFailureReason.GeneralError, path.Path, broken);
        }
    }

    public static Task RunAsync(QueuePath path, Func<Task> call, CancellationToken cancellationToken) =>
        RunAsync(path, async () =>
        {
            await call();
            return true;
        }, cancellationToken);

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
