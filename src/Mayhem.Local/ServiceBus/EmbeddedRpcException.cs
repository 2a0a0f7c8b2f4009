namespace Mayhem.Local.ServiceBus;

/// <summary>
/// A settlement that the broker refused, as the isolated worker sees it: not the SDK's exception, which stays in the host, but one of gRPC that says
/// little. It stands for <c>Grpc.Core.RpcException</c> with status Unknown, and is caught by the same handlers, those of <see cref="Exception"/>.
/// </summary>
public sealed class EmbeddedRpcException(Exception inHost)
    : Exception($"Status(StatusCode=\"Unknown\", Detail=\"Exception was thrown by handler. {inHost.GetType().Name}: {inHost.Message}\")", inHost)
{
    /// <summary>Calls as over gRPC: what the call throws comes back in this exception, but for a cancellation or a wrong argument.</summary>
    internal static Task CallAsync(Func<Task> call) => CallAsync(static call => call(), call);

    /// <summary>The same with an argument that is given apart, so that what every message needs is called without a closure.</summary>
    internal static async Task CallAsync<TArgument>(Func<TArgument, Task> call, TArgument argument)
    {
        try
        {
            await call(argument);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not ArgumentException)
        {
            throw new EmbeddedRpcException(failure);
        }
    }

    /// <inheritdoc cref="CallAsync(Func{Task})" />
    internal static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not ArgumentException)
        {
            throw new EmbeddedRpcException(failure);
        }
    }
}
