namespace Mayhem.Local.ServiceBus;

/// <summary>
/// A settlement that the broker refused, as the isolated worker sees it: not the SDK's exception, which stays in the host, but one of gRPC that says
/// little. It stands for <c>Grpc.Core.RpcException</c> with status Unknown, and is caught by the same handlers, those of <see cref="Exception"/>.
/// </summary>
public sealed class EmbeddedRpcException(Exception inHost)
    : Exception($"Status(StatusCode=\"Unknown\", Detail=\"Exception was thrown by handler. {inHost.GetType().Name}: {inHost.Message}\")", inHost);
