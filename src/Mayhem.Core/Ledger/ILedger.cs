using Mayhem.Guards;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Ledger;

/// <summary>
/// The record of restarts: intent, issued, outcome. It makes one request restart a host once, across crashes and instances.
/// A method that returns has made its record durable; one that throws may or may not have. It is also where the kill switch is, and where limits that
/// instances share are counted, since both must be asked in the step that records the intent.
/// </summary>
public interface ILedger : IHaltSwitch, IGuardAudit
{
    /// <summary>
    /// Asks for the right to carry out a request, atomically. Only <see cref="IntentAnswer.Begun"/> gives it, and then the intent is on record. What would begin an attempt, or take one
    /// over, is asked in the same step whether restarts are halted and whether the limits allow it (<see cref="LimitChecks"/>), and takes of the limits what it needs.
    /// Whoever does not know the last failure of the message (<see cref="RestartIntent.Known"/>) is told <see cref="IntentAnswer.InFlightElsewhere"/> instead, and looks again.
    /// </summary>
    /// <param name="intent">The request and its limits.</param>
    /// <param name="cancellationToken">Gives up waiting; the intent may be on record all the same.</param>
    ValueTask<IntentAnswer> RecordIntentAsync(RestartIntent intent, CancellationToken cancellationToken);

    /// <summary>Records that the target accepted an attempt. Means nothing once a later attempt has begun.</summary>
    ValueTask RecordIssuedAsync(string requestId, int attempt, IssuedRestart issued, CancellationToken cancellationToken);

    /// <summary>
    /// Records that an attempt ended well: <see cref="RestartState.WouldRestart"/> if it was issued as a dry run.
    /// True if that is news; false if somebody else who watched the same restart recorded it before, or a later attempt has begun.
    /// </summary>
    ValueTask<bool> RecordRestartedAsync(string requestId, int attempt, CancellationToken cancellationToken);

    /// <summary>Records that an attempt failed. Means nothing for the request once a later attempt has begun: two deliveries may have watched the same one.</summary>
    /// <param name="requestId">The request's id.</param>
    /// <param name="attempt">The attempt, as the ledger answered it.</param>
    /// <param name="error">Type and message of the failure.</param>
    /// <param name="how">How it failed. An attempt that certainly was not issued gives back what it took of the limits.</param>
    /// <param name="failure">What it means for the message, recorded in any case; a later record about the message replaces an earlier one. Null if it uses up no attempt.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask RecordFailedAsync(string requestId, int attempt, string error, AttemptFailure how, RecordedFailure? failure, CancellationToken cancellationToken);

    /// <summary>The last failure on record for a message; null if there is none.</summary>
    /// <param name="message">The message: <see cref="Delivery.Identity"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<RecordedFailure?> FindFailureAsync(string message, CancellationToken cancellationToken);

    /// <summary>Records that one delivery ended without being settled by this program, though it did not crash: a lost lock, a failed settlement. Repeating it changes nothing.</summary>
    /// <param name="messageId">What tells the message from all others, one with the same MessageId included.</param>
    /// <param name="deliveryCount">The delivery.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask RecordUnsettledAsync(string messageId, int deliveryCount, CancellationToken cancellationToken);

    /// <summary>How many deliveries of the message are on record as unsettled.</summary>
    /// <param name="messageId">As it was recorded.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<int> CountUnsettledAsync(string messageId, CancellationToken cancellationToken);

    /// <summary>Records that a message, on which processes died, is handled alone from now on; or that the process has outlived that.</summary>
    /// <param name="message">The message: <see cref="Delivery.Identity"/>.</param>
    /// <param name="outlived">False at the beginning, true at the end.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask RecordTrialAsync(string message, bool outlived, CancellationToken cancellationToken);

    /// <summary>True if a message is on record as being handled alone, and not as outlived since.</summary>
    /// <param name="message">As it was recorded.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<bool> IsOnTrialAsync(string message, CancellationToken cancellationToken);

    /// <summary>Records a copy that is to take the place of a message, before it is scheduled. A later record about the message replaces an earlier one.</summary>
    ValueTask RecordCopyAsync(PlannedCopy copy, CancellationToken cancellationToken);

    /// <summary>The last copy on record for the message; null if there is none.</summary>
    ValueTask<PlannedCopy?> FindCopyAsync(string messageId, CancellationToken cancellationToken);

    /// <summary>The entry of one request; null if there is none.</summary>
    ValueTask<LedgerEntry?> FindAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>All entries, in the order of their first intent.</summary>
    IAsyncEnumerable<LedgerEntry> ListAsync(CancellationToken cancellationToken);

    /// <summary>What the attempts of a group have taken of its limits: those that were taken or have ended since a time, at least, the latest last.</summary>
    /// <param name="group">The group.</param>
    /// <param name="since">The time: the limits' horizon ago.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<RestartUse>> ListUsesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>Saves who asked for a restart, and why. Runs beside the restart; a failure is tolerated.</summary>
public interface IRequestArchive
{
    /// <summary>Saves the details of a request with the root id of the message that carried it.</summary>
    ValueTask SaveAsync(RestartRequest request, string messageId, CancellationToken cancellationToken);
}

/// <summary>The ledger's answer to an intent.</summary>
public abstract record IntentAnswer
{
    private IntentAnswer()
    {
    }

    /// <summary>The intent is on record: issue the restart as this attempt.</summary>
    public sealed record Begun(int Attempt) : IntentAnswer;

    /// <summary>
    /// An earlier attempt may or may not have been issued; the caller now owns it: ask the target, then issue or watch. With a refusal it must not be issued now: if the target knows
    /// nothing of it, it has failed.
    /// </summary>
    public sealed record Interrupted(int Attempt, DateTimeOffset IntentAt, GuardRefusal? Refusal = null) : IntentAnswer;

    /// <summary>The target has already accepted this attempt; the caller now owns it: go on watching.</summary>
    public sealed record AlreadyIssued(int Attempt, IssuedRestart Issued, DateTimeOffset IntentAt) : IntentAnswer;

    /// <summary>The request was carried out before.</summary>
    public sealed record AlreadyDone(LedgerEntry Entry) : IntentAnswer;

    /// <summary>Somebody else is about to issue it: ask again after this time.</summary>
    public sealed record InFlightElsewhere(TimeSpan AskAgainAfter) : IntentAnswer;

    /// <summary>The kill switch or a limit says no. Nothing is on record, and nothing was taken.</summary>
    public sealed record Refused(GuardRefusal Refusal) : IntentAnswer;
}
