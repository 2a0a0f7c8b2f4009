using System.Globalization;
using Mayhem.Failures;
using Mayhem.Messages;

namespace Mayhem.Recovery;

/// <summary>How far a message has come: attempts used up by rule, its last failures, and how long it was held back. Read from and written to its properties.</summary>
/// <param name="Budget">Attempts used up, by rule.</param>
/// <param name="History">The last failures, as JSON; null if there were none.</param>
/// <param name="Held">How long guards have held the message back, to the second: its deadline is that much later.</param>
/// <param name="TurnSince">Since when the message waits for its turn among those of its group; null if it does not.</param>
/// <param name="Deaths">Deaths of the process that count against the message and go on with a copy of it; none after an attempt that the process has outlived.</param>
public sealed record MessageProgress(AttemptBudget Budget, string? History, TimeSpan Held = default, DateTimeOffset? TurnSince = null, int Deaths = 0)
{
    private static readonly MessageProgress Untouched = new(AttemptBudget.Untouched, History: null);

    /// <summary>The number of the attempt that is made now, from 1.</summary>
    public int Attempt => Budget.Failures + 1;

    /// <summary>Reads what earlier deliveries wrote.</summary>
    public static MessageProgress Of(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.Properties.Count == 0)
            return Untouched;
        return new MessageProgress(
            AttemptBudget.Parse(MessageProperties.Text(delivery.Properties, MessageProperties.Budgets)),
            MessageProperties.Text(delivery.Properties, MessageProperties.History),
            TimeSpan.FromSeconds(MessageProperties.Number(delivery.Properties, MessageProperties.Held)),
            MessageProperties.Time(delivery.Properties, MessageProperties.TurnSince));
    }

    /// <summary>After one more failure: classes that are tried again use up an attempt, also where nothing but the broker counts them.</summary>
    public MessageProgress AfterFailure(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Class is FailureClass.Transient or FailureClass.Throttled or FailureClass.Abandoned ? this with { Budget = Budget.Spend(failure.Rule.Name), Deaths = 0 } : this;
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
        if (Held > TimeSpan.Zero)
            properties[MessageProperties.Held] = (int)Math.Ceiling(Held.TotalSeconds);
        if (TurnSince is { } since)
            properties[MessageProperties.TurnSince] = since.ToString("O", CultureInfo.InvariantCulture);
        if (History is not null)
            properties[MessageProperties.History] = History;
    }
}
