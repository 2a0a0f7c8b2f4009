using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.Ledger;

/// <summary>A copy that is to take the place of a message: decided, and perhaps scheduled.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="SequenceNumber">The broker's number of the message, which tells it from a later one with the same id.</param>
/// <param name="DueAt">When the copy is due.</param>
/// <param name="Budgets">The attempts used up by then, by rule.</param>
/// <param name="History">The failures by then, as JSON; null if there were none.</param>
/// <param name="Held">How long guards will have held the message back by then.</param>
public sealed record PlannedCopy(string MessageId, long SequenceNumber, DateTimeOffset DueAt, string Budgets, string? History, TimeSpan Held = default)
{
    /// <summary>The plan for a delivery.</summary>
    public static PlannedCopy Of(Delivery delivery, DateTimeOffset dueAt, MessageProgress progress)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(progress);
        return new PlannedCopy(delivery.MessageId, delivery.SequenceNumber, dueAt, progress.Budget.ToString(), progress.History, progress.Held);
    }

    /// <summary>How far the message had come.</summary>
    public MessageProgress Progress() => new(AttemptBudget.Parse(Budgets), History, Held);
}
