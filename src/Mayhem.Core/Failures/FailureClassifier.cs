using Mayhem.Locks;
using Mayhem.Reports;

namespace Mayhem.Failures;

/// <summary>Turns an exception into a failure: by what ended the handling, then by rule.</summary>
public sealed class FailureClassifier(FailureRules rules)
{
    /// <summary>Classifies.</summary>
    /// <param name="exception">What the handling ended with.</param>
    /// <param name="stopping">True if this process, or the host above it, asked the handler to stop.</param>
    /// <param name="lockEnd">What became of the lock.</param>
    /// <param name="now">The wall clock.</param>
    public Failure Classify(Exception exception, bool stopping, LockEnd lockEnd, DateTimeOffset now)
    {
        var (rule, cause) = rules.Match(exception);
        var failureClass = Class(rule, cause, stopping, lockEnd);
        if (lockEnd == LockEnd.CeilingReached && cause is OperationCanceledException)
            exception = cause = new TimeoutException("The handler was cancelled because it held the message's lock for as long as it may.", exception);
        return new Failure(exception, cause, failureClass, rule, Fingerprints.Of(exception), ReportIds.New(now), now);
    }

    /// <summary>A failure that is tolerated by whoever caused it, whatever the rules say of its type.</summary>
    public Failure Tolerate(Exception exception, DateTimeOffset now)
    {
        var (rule, cause) = rules.Match(exception);
        return new Failure(exception, cause, FailureClass.Tolerated, rule, Fingerprints.Of(exception), ReportIds.New(now), now);
    }

    /// <summary>The failure of a message that is dead-lettered though nothing was thrown.</summary>
    public static Failure Reject(MessageRejectedException rejection, bool poison, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        var rule = FailureRule.DeadLetter(typeof(MessageRejectedException), rejection.Reason);
        return new Failure(
            rejection, rejection, poison ? FailureClass.Poison : FailureClass.Fatal, rule, Fingerprints.Of(rejection, rejection.Reason), ReportIds.New(now), now);
    }

    /// <summary>The rule of this name; null if there is none any more.</summary>
    public FailureRule? RuleNamed(string name) => rules.All.FirstOrDefault(rule => string.Equals(rule.Name, name, StringComparison.Ordinal));

    /// <summary>True if the exception must end the process, wherever it was caught.</summary>
    public bool IsProcessFatal(Exception exception) => rules.Match(exception).Rule.Class == FailureClass.ProcessFatal;

    private static FailureClass Class(FailureRule rule, Exception cause, bool stopping, LockEnd lockEnd)
    {
        if (rule.Class == FailureClass.ProcessFatal)
            return FailureClass.ProcessFatal;
        if (lockEnd == LockEnd.Lost)
            return FailureClass.LockLost;
        return stopping && cause is OperationCanceledException ? FailureClass.Stopping : rule.Class;
    }
}
