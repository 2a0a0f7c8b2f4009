using Mayhem.Failures;
using Mayhem.Messages;

namespace Mayhem.Recovery;

/// <summary>How far a message has come: attempts used up by rule, and its last failures. Read from and written to its properties.</summary>
/// <param name="Budget">Attempts used up, by rule.</param>
/// <param name="History">The last failures, as JSON; null if there were none.</param>
/// <param name="LedgerAttempt">The ledger's number of the attempt that failed last; 0 if there was none, null if that is not known.</param>
public sealed record MessageProgress(AttemptBudget Budget, string? History, int? LedgerAttempt = null)
{
    /// <summary>The number of the attempt that is made now, from 1.</summary>
    public int Attempt => Budget.Failures + 1;

    /// <summary>Reads what earlier deliveries wrote.</summary>
    public static MessageProgress Of(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return new MessageProgress(
            AttemptBudget.Parse(MessageProperties.Text(delivery.Properties, MessageProperties.Budgets)),
            MessageProperties.Text(delivery.Properties, MessageProperties.History),
            MessageProperties.Number(delivery.Properties, MessageProperties.LedgerAttempt) is > 0 and var attempt ? attempt : delivery.DeliveryCount > 1 ? 0 : null);
    }

    /// <summary>
    /// After one more failure: classes that are tried again use up an attempt, also where nothing but the broker counts them. So do attempts that failed
    /// in an earlier delivery which could not write that on the message, because its process died or its lock was lost: they count for this failure's rule.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="ledgerAttempt">The attempt's number by the ledger; 0 if it has none.</param>
    public MessageProgress AfterFailure(Failure failure, int ledgerAttempt = 0)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure.Class is not (FailureClass.Transient or FailureClass.Throttled or FailureClass.Abandoned))
            return this;
        var untold = Math.Max(0, ledgerAttempt - 1 - (LedgerAttempt ?? ledgerAttempt));
        var left = failure.Rule.MaxAttempts - Budget.Used(failure.Rule.Name);
        return this with
        {
            Budget = Budget.Spend(failure.Rule.Name, Math.Max(1, Math.Min(1 + untold, left))),
            LedgerAttempt = ledgerAttempt > 0 ? ledgerAttempt : LedgerAttempt,
        };
    }

    /// <summary>With the failure in the history.</summary>
    public MessageProgress Remember(Failure failure, TimeSpan? delay, string instance)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return this with
        {
            History = FailureHistory.Append(
                History, new FailureHistoryEntry(failure.Class.ToString(), failure.Type, failure.Fingerprint, failure.At, instance, delay?.TotalSeconds)),
        };
    }

    /// <summary>Writes what the next delivery has to know.</summary>
    public void WriteTo(IDictionary<string, object> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        if (Budget.Failures > 0)
        {
            properties[MessageProperties.Attempt] = Budget.Failures;
            properties[MessageProperties.Budgets] = Budget.ToString();
        }

        if (LedgerAttempt is > 0 and var attempt)
            properties[MessageProperties.LedgerAttempt] = attempt;
        if (History is not null)
            properties[MessageProperties.History] = History;
    }
}
