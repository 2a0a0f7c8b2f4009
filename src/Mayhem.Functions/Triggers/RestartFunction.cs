using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Configuration;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Triggers;

/// <summary>The function for a queue without sessions. Exactly one of it and <see cref="RestartInSessionFunction"/> is enabled, by app setting.</summary>
public sealed class RestartFunction(RestartInvocation invocation)
{
    /// <summary>The function's name, in the portal and in <c>host.json</c>.</summary>
    public const string Name = "RestartHost";

    /// <summary>Processes one delivery. It is bound as the SDK's own type: a body that does not bind would fail before any of our code runs.</summary>
    /// <exception cref="MessageDeadLetteredException">The message was dead-lettered. It is settled; the portal shows the invocation as failed.</exception>
    [Function(Name)]
    public Task RunAsync(
        [ServiceBusTrigger("%" + MayhemOptions.QueueKey + "%", Connection = ServiceBusConnection.Key, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        FunctionContext context,
        CancellationToken cancellationToken) => invocation.RunAsync(message, actions, session: null, context, cancellationToken);
}
