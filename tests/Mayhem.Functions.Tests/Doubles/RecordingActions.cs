using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Tests.Doubles;

/// <summary>Records what the app does to its message.</summary>
internal sealed class RecordingActions : ServiceBusMessageActions
{
    public List<string> Calls { get; } = [];

    public IDictionary<string, object>? Properties { get; private set; }

    public string? Reason { get; private set; }

    public string? Description { get; private set; }

    public CancellationToken Token { get; private set; }

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        Record("complete", message, properties: null, cancellationToken);

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default) =>
        Record("abandon", message, propertiesToModify, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        Reason = deadLetterReason;
        Description = deadLetterErrorDescription;
        return Record("dead-letter", message, propertiesToModify, cancellationToken);
    }

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        Record("renew", message, properties: null, cancellationToken);

    private Task Record(string call, ServiceBusReceivedMessage message, IDictionary<string, object>? properties, CancellationToken cancellationToken)
    {
        Calls.Add($"{call} {message.MessageId}");
        Properties = properties;
        Token = cancellationToken;
        return Task.CompletedTask;
    }
}
