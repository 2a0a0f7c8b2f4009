using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.Ledger;

/// <summary>How far a message had come after an attempt that failed: on record with the failure itself, so that it is known also if the process dies before it is written on the message.</summary>
/// <param name="Message">The message: <see cref="Delivery.Identity"/>.</param>
/// <param name="Rule">The name of the rule that the failure met.</param>
/// <param name="Type">The full name of the exception's type.</param>
/// <param name="Error">Type and message of the failure, with nothing secret.</param>
/// <param name="Fingerprint">The failure's fingerprint.</param>
/// <param name="Budgets">The attempts used up, by rule, this one included.</param>
/// <param name="History">The failures, this one included, as JSON.</param>
public sealed record RecordedFailure(string Message, string Rule, string Type, string Error, string Fingerprint, string Budgets, string? History)
{
    /// <summary>What is to be recorded.</summary>
    /// <param name="delivery">The delivery in which the attempt failed.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="error">Type and message of the failure.</param>
    /// <param name="progress">How far the message has come, the failure included.</param>
    public static RecordedFailure Of(Delivery delivery, Failure failure, string error, MessageProgress progress)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(progress);
        return new RecordedFailure(delivery.Identity, failure.Rule.Name, failure.Type, error, failure.Fingerprint, progress.Budget.ToString(), progress.History);
    }

    /// <summary>How far the message had come.</summary>
    public MessageProgress Progress() => new(AttemptBudget.Parse(Budgets), History);
}
