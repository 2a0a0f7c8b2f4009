using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Settlement;
using Mayhem.Functions.Telemetry;
using Mayhem.Recovery;
using Mayhem.Reports;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Triggers;

/// <summary>The function: each message of the queue is a request to restart one host.</summary>
public sealed class RestartFunction(MessageProcessor processor, ServiceBusSender sender, ReportedExceptions reported, MayhemOptions options)
{
    /// <summary>The function's name, in the portal and in <c>host.json</c>.</summary>
    public const string Name = "RestartHost";

    /// <summary>Processes one delivery. It is bound as the SDK's own type: a body that does not bind would fail before any of our code runs.</summary>
    /// <exception cref="MessageDeadLetteredException">The message was dead-lettered. It is settled; the portal shows the invocation as failed.</exception>
    [Function(Name)]
    public async Task RunAsync(
        [ServiceBusTrigger("%" + MayhemOptions.QueueKey + "%", Connection = ServiceBusConnection.Key, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        var delivery = Deliveries.Of(message, options.Queue, Operations.IdOf(context));
        var result = await processor.ProcessAsync(delivery, new ServiceBusDeliveryActions(message, actions, sender), cancellationToken);

        // Thrown before the message is settled, an exception would make the host abandon it, and the broker deliver it again at once.
        if (result is not { Verdict: Verdict.DeadLetter dead, Settled: true })
            return;

        var failure = new MessageDeadLetteredException(delivery.MessageId, dead.Reason, result.Failure?.Exception);
        reported.TryMark(failure);
        throw failure;
    }
}
