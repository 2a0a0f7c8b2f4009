using Mayhem.Guards;

namespace Mayhem.Ledger;

/// <summary>Decides who may carry out a request, from what is on record.</summary>
internal static class IntentDecision
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly IntentAnswer First = new IntentAnswer.Begun(1);

    /// <summary>The answer to an intent.</summary>
    /// <param name="entry">What is on record; null if nothing.</param>
    /// <param name="held">For how long somebody in this run has held the intent on record; null if nobody does.</param>
    /// <param name="lease">For how long an intent may be held.</param>
    public static IntentAnswer Decide(LedgerEntry? entry, TimeSpan? held, TimeSpan lease) => entry switch
    {
        null => First,
        { State: RestartState.Restarted or RestartState.WouldRestart } => new IntentAnswer.AlreadyDone(entry),
        { State: RestartState.Failed } => new IntentAnswer.Begun(entry.Attempts + 1),
        { State: RestartState.Issued, Issued: { } issued } => new IntentAnswer.AlreadyIssued(entry.Attempts, issued, entry.IntentAt),
        { State: RestartState.Intent } when held < lease => new IntentAnswer.InFlightElsewhere(Longer(lease - held.Value, ShortestWait)),
        _ => new IntentAnswer.Interrupted(entry.Attempts, entry.IntentAt),
    };

    /// <summary>The attempt that the answer makes the caller's own and that must be on record before it acts; null if there is none.</summary>
    public static int? AttemptToRecord(IntentAnswer answer) => answer switch
    {
        IntentAnswer.Begun begun => begun.Attempt,
        IntentAnswer.Interrupted interrupted => interrupted.Attempt,
        _ => null,
    };

    /// <summary>The answer after the kill switch and the limits were asked about an attempt that may be issued by it.</summary>
    public static IntentAnswer With(GuardRefusal refusal, IntentAnswer answer) => answer is IntentAnswer.Interrupted interrupted
        ? interrupted with { Refusal = refusal }
        : new IntentAnswer.Refused(refusal);

    /// <summary>The answer to somebody who does not know all failures of the message: to look at them first, before acting.</summary>
    public static IntentAnswer WithFailuresUnknown(IntentAnswer answer) => AttemptToRecord(answer) is not null ? new IntentAnswer.InFlightElsewhere(ShortestWait) : answer;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
