using Mayhem.Redaction;

namespace Mayhem.Guards;

/// <summary>A guard's no.</summary>
/// <param name="Guard">Which guard.</param>
/// <param name="Rule">The rule that decided, as configured: <c>3 restarts in 01:00:00</c>.</param>
/// <param name="Why">What a person reads: a sentence with the facts.</param>
/// <param name="PassesAt">When the guard would let the request pass if nothing else happened; null if nobody can tell.</param>
public sealed record GuardRefusal(Guard Guard, string Rule, string Why, DateTimeOffset? PassesAt = null)
{
    private const string FailedRule = "check failed";

    /// <summary>True if the guard could not be asked, which counts as no; it may say yes another time.</summary>
    public bool IsFailedCheck => string.Equals(Rule, FailedRule, StringComparison.Ordinal);

    /// <summary>The no of a guard that cannot be asked.</summary>
    public static GuardRefusal FailedCheck(Guard guard, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new GuardRefusal(guard, FailedRule, $"The guard {guard} could not be asked, which counts as no: {failure.GetType().Name}: {Redactor.MessageOf(failure)}");
    }
}
