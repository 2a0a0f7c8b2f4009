using Mayhem.Failures;
using Mayhem.Restarts;

namespace Mayhem.Breakers;

/// <summary>Tells the failures of a target from those of the message, of this process and of the ledger.</summary>
public static class TargetFailures
{
    /// <summary>True for what is tried again because the target may be well by then: throttled, transient, ambiguous, timed out. An unknown host and a refusal are answers of a target that is well.</summary>
    public static bool Includes(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Class is FailureClass.Transient or FailureClass.Throttled or FailureClass.Abandoned
            && failure.Exception is not (IntentNotRecordedException or LedgerNotReadException or OutcomeNotRecordedException);
    }

    /// <summary>The delay that a throttling target named itself; null if it named none, or did not throttle.</summary>
    public static TimeSpan? NamedDelay(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Class == FailureClass.Throttled ? failure.Rule.Delay?.Named(failure.Cause, failure.At) : null;
    }
}
