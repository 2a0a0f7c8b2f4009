using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>Notes how far behind its time each renewal of a message's lock comes: half of the lock's length after it began, or after the renewal before.</summary>
internal sealed class TimedRenewals(ServiceBusMessageActions inner, TimeSpan length, RenewalLateness lateness) : PassedOnActions(inner)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset beganAt = TimeProvider.System.GetUtcNow();
    private long renewed;

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        var due = renewed == 0 ? (message.LockedUntil - beganAt) / 2 : length / 2;
        lateness.Note(Stopwatch.GetElapsedTime(renewed == 0 ? began : renewed) - due);
        renewed = Stopwatch.GetTimestamp();
        return base.RenewMessageLockAsync(message, cancellationToken);
    }
}
