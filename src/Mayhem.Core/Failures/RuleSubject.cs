namespace Mayhem.Failures;

/// <summary>The beginning of a rule: which exceptions it is about. Its methods say what becomes of them, as in <c>On&lt;TimeoutException&gt;().Retry(…)</c>.</summary>
public sealed class RuleSubject
{
    private readonly Type type;
    private readonly RuleCondition? condition;

    internal RuleSubject(Type type, RuleCondition? condition)
    {
        this.type = type;
        this.condition = condition;
    }

    /// <summary>Try again.</summary>
    /// <param name="delay">How long to wait.</param>
    /// <param name="maxAttempts">1 to 1000 attempts in all.</param>
    public FailureRule Retry(RetryDelay delay, int maxAttempts) => FailureRule.Retry(type, delay, maxAttempts) with { Condition = condition };

    /// <summary>Try again when whoever is asked too much may have time again.</summary>
    /// <param name="delay">How long to wait.</param>
    /// <param name="maxAttempts">1 to 1000 attempts in all.</param>
    public FailureRule Throttle(RetryDelay delay, int maxAttempts) => FailureRule.Throttle(type, delay, maxAttempts) with { Condition = condition };

    /// <summary>Dead-letter at once.</summary>
    /// <param name="reason">The reason on the dead letter; <c>Fatal:</c> and the type's name if null.</param>
    public FailureRule DeadLetter(string? reason = null) => FailureRule.DeadLetter(type, reason) with { Condition = condition };

    /// <summary>Log, count, and complete the message all the same.</summary>
    public FailureRule Tolerate() => FailureRule.Tolerate(type) with { Condition = condition };

    /// <summary>Give the message back at once, for whoever gets it next. The queue's MaxDeliveryCount is the end of it.</summary>
    public FailureRule Abandon() => FailureRule.Abandon(type) with { Condition = condition };

    /// <summary>Report, abandon the message and end the process.</summary>
    public FailureRule StopProcess() => FailureRule.StopProcess(type) with { Condition = condition };
}
