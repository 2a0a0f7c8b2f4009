using System.Globalization;

namespace Mayhem.Failures;

/// <summary>What becomes of a message whose handling failed with one type of exception.</summary>
public sealed record FailureRule
{
    private FailureRule(Type exceptionType, FailureClass failureClass)
    {
        ArgumentNullException.ThrowIfNull(exceptionType);
        if (!typeof(Exception).IsAssignableFrom(exceptionType))
            throw new ArgumentException($"{exceptionType} is not an exception.", nameof(exceptionType));
        ExceptionType = exceptionType;
        Class = failureClass;
    }

    /// <summary>The type of exception, with the types derived from it that have no rule of their own.</summary>
    public Type ExceptionType { get; }

    /// <summary>The class the exception is put in.</summary>
    public FailureClass Class { get; }

    /// <summary>How long to wait; null for classes that are not tried again.</summary>
    public RetryDelay? Delay { get; private init; }

    /// <summary>How many attempts in all may fail by this rule before the message is dead-lettered; 1 for classes that are not tried again.</summary>
    public int MaxAttempts { get; private init; } = 1;

    /// <summary>The reason on the dead letter; null for the usual one of the class.</summary>
    public string? DeadLetterReason { get; private init; }

    /// <summary>What must be true of the exception besides its type; null for the plain rule of the type.</summary>
    public RuleCondition? Condition { get; internal init; }

    /// <summary>True if the rule, or a part of it, comes from configuration; false if all of it is in code.</summary>
    public bool IsConfigured { get; internal init; }

    /// <summary>The name under which attempts are counted: the type's full name, and the condition's text where there is one.</summary>
    public string Name => Condition is null ? ExceptionType.FullName! : $"{ExceptionType.FullName} when {Condition.Because}";

    /// <summary>Begins a rule for all exceptions of a type.</summary>
    public static RuleSubject On<TException>()
        where TException : Exception => new(typeof(TException), condition: null);

    /// <summary>Begins a rule for some exceptions of a type. It is tried before the plain rule of the type; several are tried in the order given.</summary>
    /// <param name="when">Tells which; one that throws counts as false.</param>
    /// <param name="because">What is true of them, in at most 100 characters without ';' or '='. Attempts are counted under it: keep it stable.</param>
    public static RuleSubject On<TException>(Func<TException, bool> when, string because)
        where TException : Exception => new(typeof(TException), RuleCondition.Of(when, because));

    /// <summary>Try again.</summary>
    /// <param name="exceptionType">The exception.</param>
    /// <param name="delay">How long to wait.</param>
    /// <param name="maxAttempts">1 to 1000 attempts in all.</param>
    public static FailureRule Retry(Type exceptionType, RetryDelay delay, int maxAttempts) => Retrying(exceptionType, FailureClass.Transient, delay, maxAttempts);

    /// <summary>Try again after the delay that somebody else names.</summary>
    public static FailureRule Throttle(Type exceptionType, RetryDelay delay, int maxAttempts) => Retrying(exceptionType, FailureClass.Throttled, delay, maxAttempts);

    /// <summary>Dead-letter at once.</summary>
    /// <param name="exceptionType">The exception.</param>
    /// <param name="reason">The reason on the dead letter; <c>Fatal:</c> and the type's name if null.</param>
    public static FailureRule DeadLetter(Type exceptionType, string? reason = null) => new(exceptionType, FailureClass.Fatal) { DeadLetterReason = reason };

    /// <summary>Log, count, and complete the message all the same.</summary>
    public static FailureRule Tolerate(Type exceptionType) => new(exceptionType, FailureClass.Tolerated);

    /// <summary>Give the message back at once. The broker delivers it again until the queue's MaxDeliveryCount is reached.</summary>
    public static FailureRule Abandon(Type exceptionType) => new(exceptionType, FailureClass.Abandoned);

    /// <summary>Report, abandon the message and end the process.</summary>
    public static FailureRule StopProcess(Type exceptionType) => new(exceptionType, FailureClass.ProcessFatal);

    /// <summary>The rule as a sentence, for logs and displays.</summary>
    public override string ToString() => Class switch
    {
        FailureClass.Transient or FailureClass.Throttled =>
            string.Create(CultureInfo.InvariantCulture, $"{Name}: {Class}, try again {Delay}, {MaxAttempts} attempts in all"),
        FailureClass.Fatal => $"{Name}: dead-letter at once as {DeadLetterReason ?? "Fatal:" + ExceptionType.Name}",
        FailureClass.Tolerated => $"{Name}: log, count and complete",
        FailureClass.Abandoned => $"{Name}: report, and give the message back at once, until the queue's MaxDeliveryCount",
        _ => $"{Name}: report, abandon and end the process",
    };

    private static FailureRule Retrying(Type exceptionType, FailureClass failureClass, RetryDelay delay, int maxAttempts)
    {
        ArgumentNullException.ThrowIfNull(delay);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxAttempts, 1000);
        return new FailureRule(exceptionType, failureClass) { Delay = delay, MaxAttempts = maxAttempts };
    }
}
