using Mayhem.Messages;

namespace Mayhem.Ledger;

/// <summary>
/// How many failures of a message somebody knows of who wants to try again. A delivery that has lost its lock may record one more after the next delivery has looked:
/// unless that is noticed, the message has an attempt too many.
/// </summary>
/// <param name="Message">The message: <see cref="Delivery.Identity"/>.</param>
/// <param name="Count">The attempts that have failed, over all rules.</param>
public sealed record KnownFailures(string Message, int Count)
{
    /// <summary>True if the last failure on record is one that is not known.</summary>
    public bool AreBehind(RecordedFailure? last) => last is not null && last.Progress().Budget.Failures > Count;
}
