using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Configuration;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Triggers;

/// <summary>The function for a queue with sessions: the requests for one host, which share its name as their SessionId, are carried out in the order in which they were sent.</summary>
public sealed class RestartInSessionFunction(RestartInvocation invocation)
{
    /// <summary>The function's name, in the portal and in <c>host.json</c>.</summary>
    public const string Name = "RestartHostInSession";

    /// <summary>Processes one delivery, and keeps the lock of its session.</summary>
    /// <exception cref="MessageDeadLetteredException">The message was dead-lettered. It is settled; the portal shows the invocation as failed.</exception>
    [Function(Name)]
    public Task RunAsync(
        [ServiceBusTrigger("%" + MayhemOptions.QueueKey + "%", Connection = ServiceBusConnection.Key, AutoCompleteMessages = false, IsSessionsEnabled = true)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        ServiceBusSessionMessageActions session,
        FunctionContext context,
        CancellationToken cancellationToken) => invocation.RunAsync(message, actions, session, context, cancellationToken);
}
