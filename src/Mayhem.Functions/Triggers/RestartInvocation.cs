using Azure.Messaging.ServiceBus;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Settlement;
using Mayhem.Functions.Telemetry;
using Mayhem.Recovery;
using Mayhem.Reports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Mayhem.Functions.Triggers;

/// <summary>What the functions do with a message: each is a request to restart one host.</summary>
public sealed class RestartInvocation(
    MessageProcessor processor, ServiceBusSender sender, ReportedExceptions reported, MayhemOptions options, ILogger<RestartInvocation> logger)
{
    /// <summary>Processes one delivery.</summary>
    /// <param name="message">The message under its lock, or that of its session.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="session">Its session; null on a queue without sessions.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="cancellationToken">The invocation's token.</param>
    /// <exception cref="MessageDeadLetteredException">The message was dead-lettered. It is settled; the portal shows the invocation as failed.</exception>
    public async Task RunAsync(
        ServiceBusReceivedMessage message, ServiceBusMessageActions actions, ServiceBusSessionMessageActions? session, FunctionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var delivery = Deliveries.Of(message, options.Queue, Operations.IdOf(context), session?.SessionLockedUntil);
        var result = await processor.ProcessAsync(delivery, new ServiceBusDeliveryActions(message, actions, sender, session), cancellationToken);
        if (session is not null && LeavesTheSession(result))
            await LeaveAsync(session, message.SessionId);

        // Thrown before the message is settled, an exception would make the host abandon it, and the broker deliver it again at once.
        if (result is not { Verdict: Verdict.DeadLetter dead, Settled: true })
            return;

        var failure = new MessageDeadLetteredException(delivery.MessageId, dead.Reason, result.Failure?.Exception);
        reported.TryMark(failure);
        throw failure;
    }

    // Unsettled, the message stays locked, and the host would go on with the session's next one; given back, it would come to this worker again, which may be stopping.
    // Whoever takes the session next gets it first. Hands off means that the session is lost already, or that the process ends.
    private static bool LeavesTheSession(ProcessingResult result) => result.Verdict is Verdict.Abandon || result is { Settled: false, Verdict: not Verdict.HandsOff };

    private async Task LeaveAsync(ServiceBusSessionMessageActions session, string sessionId)
    {
        try
        {
            await session.ReleaseSession(CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.SessionNotReleased(logger, failure, sessionId);
        }
    }
}
