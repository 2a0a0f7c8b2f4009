using Mayhem.Guards;

namespace Mayhem.Restarts;

/// <summary>How carrying out a request ended. Failures are values here: a failed task is looked at, not rethrown.</summary>
/// <param name="Outcome">What became of the restart.</param>
/// <param name="SaveFailure">Why saving the details failed; null if it did not, or was not tried.</param>
public readonly record struct WorkflowResult(WorkflowOutcome Outcome, Exception? SaveFailure = null);

/// <summary>What became of the restart. One of a closed set.</summary>
public abstract record WorkflowOutcome
{
    private WorkflowOutcome()
    {
    }

    /// <summary>The host was restarted, by this delivery or by an earlier one whose restart was watched to its end.</summary>
    public sealed record Restarted : WorkflowOutcome;

    /// <summary>The host would have been restarted, had this not been a dry run.</summary>
    public sealed record WouldRestart : WorkflowOutcome;

    /// <summary>The request was carried out before: nothing was done.</summary>
    public sealed record AlreadyDone : WorkflowOutcome;

    /// <summary>Somebody else is carrying it out: ask again after this time.</summary>
    public sealed record InFlightElsewhere(TimeSpan AskAgainAfter) : WorkflowOutcome;

    /// <summary>Nothing was done, for it would have taken more than the scope allows.</summary>
    public sealed record Withheld : WorkflowOutcome;

    /// <summary>Nothing was done: the kill switch or a limit says no.</summary>
    public sealed record Refused(GuardRefusal Refusal) : WorkflowOutcome;

    /// <summary>The restart failed.</summary>
    public sealed record Failed(Exception Exception) : WorkflowOutcome;
}
