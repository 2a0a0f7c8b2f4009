using System.Globalization;
using Mayhem.Failures;
using Mayhem.Ledger;
using Mayhem.Messages;
using Mayhem.Observation;
using Mayhem.Recovery;
using Microsoft.Extensions.Logging;

namespace Mayhem.Settlement;

/// <summary>Carries out a verdict at the broker: one switch, one settlement, never cancelled. A settlement that fails does not surface; the lock runs out and the broker delivers again.</summary>
public sealed class Settler(UnsettledDeliveries unsettled, PlannedCopies plannedCopies, ProcessingCounters counters, TimeProvider timeProvider, ILogger<Settler> logger)
{
    /// <summary>
    /// The copy that an earlier delivery of the message was about to schedule when its process died: the verdict to go on with, and how far the message had come.
    /// Null if there is none. The message itself must not be tried any more: its copy may be there already.
    /// </summary>
    public async ValueTask<(Verdict.RetryLater Verdict, MessageProgress Progress)?> FindPlannedAsync(Delivery delivery) =>
        await plannedCopies.FindAsync(delivery) is { } planned ? (new Verdict.RetryLater(planned.DueAt), planned.Progress()) : null;

    /// <summary>Records the copy that a <see cref="Verdict.RetryLater"/> asks for. Look at the lock afterwards: the ledger may have taken its time.</summary>
    public Task PlanAsync(Verdict.RetryLater later, Delivery delivery, MessageProgress progress)
    {
        ArgumentNullException.ThrowIfNull(later);
        return plannedCopies.RecordAsync(delivery, later.DueAt, progress);
    }

    /// <summary>
    /// Schedules the copy that a <see cref="Verdict.RetryLater"/> asks for, while the lock is still renewed. Returns the verdict to settle with:
    /// hands off, if there is no copy, so that the lock's end is the delay.
    /// </summary>
    public async Task<Verdict> ScheduleAsync(Verdict.RetryLater later, Delivery delivery, MessageProgress progress, IDeliveryActions actions)
    {
        ArgumentNullException.ThrowIfNull(later);
        ArgumentNullException.ThrowIfNull(actions);
        try
        {
            await actions.ScheduleCopyAsync(RetryCopies.Make(delivery, later.DueAt, progress), CancellationToken.None);
            counters.Count(ProcessingEvent.RetriedLater);
            return later;
        }
        catch (Exception failure)
        {
            counters.Count(ProcessingEvent.SettlementFailed);
            Log.SettlementFailed(logger, failure, delivery.MessageId, later.Summary);
            return new Verdict.HandsOff("the retry could not be scheduled");
        }
    }

    /// <summary>Settles. A copy has been scheduled already where the verdict asks for one. Never throws.</summary>
    /// <returns>True if the broker took it.</returns>
    public async ValueTask<bool> SettleAsync(Verdict verdict, Delivery delivery, Failure? failure, MessageProgress progress, IDeliveryActions actions)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(actions);
        if (verdict is Verdict.HandsOff)
        {
            await unsettled.RecordAsync(delivery);
            return false;
        }

        try
        {
            await CarryOutAsync(verdict, delivery, failure, progress, actions);
            Count(verdict);
            return true;
        }
        catch (Exception error)
        {
            counters.Count(ProcessingEvent.SettlementFailed);
            Log.SettlementFailed(logger, error, delivery.MessageId, verdict.Summary);
            await unsettled.RecordAsync(delivery);
            return false;
        }
    }

    private Task CarryOutAsync(Verdict verdict, Delivery delivery, Failure? failure, MessageProgress progress, IDeliveryActions actions) => verdict switch
    {
        Verdict.Complete or Verdict.RetryLater => actions.CompleteAsync(CancellationToken.None),
        Verdict.DeadLetter dead => actions.DeadLetterAsync(DeadLetters.Make(delivery, dead, failure, progress, timeProvider.GetUtcNow()), CancellationToken.None),
        Verdict.Abandon abandon => actions.AbandonAsync(Abandoned(delivery, abandon.Why, progress, onPurpose: true, abandon.NotBefore), CancellationToken.None),
        // Not stamped as on purpose: the next delivery counts it as a death of the process.
        Verdict.StopProcess stop => actions.AbandonAsync(Abandoned(delivery, stop.Why, progress, onPurpose: false), CancellationToken.None),
        _ => throw new InvalidOperationException($"The verdict '{verdict.Summary}' is no settlement."),
    };

    private void Count(Verdict verdict)
    {
        if (verdict is Verdict.DeadLetter)
            counters.Count(ProcessingEvent.DeadLettered);
        else if (verdict is Verdict.Abandon or Verdict.StopProcess)
            counters.Count(ProcessingEvent.Abandoned);
    }

    private static Dictionary<string, object> Abandoned(Delivery delivery, string why, MessageProgress progress, bool onPurpose, DateTimeOffset? notBefore = null)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal) { [MessageProperties.AbandonReason] = why };
        progress.WriteTo(properties);
        if (onPurpose)
            properties[MessageProperties.Abandons] = MessageProperties.Number(delivery.Properties, MessageProperties.Abandons) + 1;
        if (notBefore is { } due)
            properties[MessageProperties.NotBefore] = due.ToString("O", CultureInfo.InvariantCulture);
        if (properties.ContainsKey(MessageProperties.History) && PropertySizes.OfMerged(delivery.Properties, properties) > PropertySizes.Most)
            properties[MessageProperties.History] = "[]";
        return properties;
    }
}
