using System.Security.Cryptography;
using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Messages;
using Mayhem.DeadLetters.Work;

namespace Mayhem.DeadLetters.Operators;

/// <summary>Puts one operation on record: its beginning, each message before it is touched, its end.</summary>
internal sealed class OperatorLog(IOperatorAudit audit, TimeProvider time, OperatorAction action, BenchOrder order, string queue)
{
    /// <summary>The operation's id.</summary>
    public string Run { get; } = RandomNumberGenerator.GetHexString(12, lowercase: true);

    public BenchOutcome DryRun(BenchPlan plan) => new() { Run = Run, DryRun = true, Planned = plan.SequenceNumbers.Count, Sample = plan.Sample };

    public ValueTask BeginAsync(string filter, int? planned, CancellationToken cancellationToken) =>
        audit.RecordAsync([Line(OperatorStep.Begun) with { Filter = filter, Planned = planned }], cancellationToken);

    public ValueTask AboutToRemoveAsync(IReadOnlyList<ServiceBusReceivedMessage> messages) =>
        audit.RecordAsync([.. messages.Select(message => LineOf(message) with { Body = MessageBodies.Of(message).ToArray() })], CancellationToken.None);

    public ValueTask AboutToSendAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, Func<ServiceBusReceivedMessage, string> idOf) => audit.RecordAsync(
        [.. messages.Select(message => LineOf(message) with { SentAs = idOf(message), Body = action == OperatorAction.Edit ? MessageBodies.Of(message).ToArray() : null })], CancellationToken.None);

    public ValueTask AboutToImportAsync(IReadOnlyList<(MessageDocument Document, ServiceBusMessage Message)> messages) => audit.RecordAsync(
        [.. messages.Select(one => Line(OperatorStep.Message) with { SequenceNumber = one.Document.SequenceNumber, MessageId = one.Document.MessageId, SentAs = one.Message.MessageId })],
        CancellationToken.None);

    /// <summary>The outcome, with the operation's id. That the end cannot be put on record undoes nothing.</summary>
    public async Task<BenchOutcome> EndAsync(BenchOutcome outcome)
    {
        try
        {
            await audit.RecordAsync([Line(OperatorStep.Ended) with { Planned = outcome.Planned, Done = outcome.Done, Failed = outcome.Failed }], CancellationToken.None);
            return outcome with { Run = Run };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return outcome with { Run = Run, AuditError = failure.Message };
        }
    }

    private OperatorRecord LineOf(ServiceBusReceivedMessage message) => Line(OperatorStep.Message) with
    {
        SequenceNumber = message.SequenceNumber, MessageId = message.MessageId, DeadLetterReason = message.DeadLetterReason,
    };

    private OperatorRecord Line(OperatorStep step) => new()
    {
        At = time.GetUtcNow(), Run = Run, Action = action, Step = step, By = order.By, Reason = order.Reason, Queue = queue,
    };
}
