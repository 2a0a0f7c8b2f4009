using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>Notes how far behind its time each renewal of a message's lock comes: half of the lock's length after it began, or after the renewal before.</summary>
internal sealed class TimedRenewals(ServiceBusMessageActions inner, TimeSpan length, RenewalLateness lateness) : ServiceBusMessageActions
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset beganAt = TimeProvider.System.GetUtcNow();
    private long renewed;

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        var due = renewed == 0 ? (message.LockedUntil - beganAt) / 2 : length / 2;
        lateness.Note(Stopwatch.GetElapsedTime(renewed == 0 ? began : renewed) - due);
        renewed = Stopwatch.GetTimestamp();
        return inner.RenewMessageLockAsync(message, cancellationToken);
    }

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => inner.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        inner.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);
}
