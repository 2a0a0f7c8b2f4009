using Mayhem.Failures;

namespace Mayhem.Recovery;

/// <summary>The stable codes that dead letters carry as their reason. Operators filter by them.</summary>
public static class DeadLetterReasons
{
    /// <summary>The body is not a restart request.</summary>
    public const string Poison = "Poison";

    /// <summary>A guard, or the target, refuses to restart the host.</summary>
    public const string Denied = "Denied";

    /// <summary>The request's <c>notAfter</c> has passed, or it is older than a request may get.</summary>
    public const string Stale = "Stale";

    /// <summary>For too long the host's group had no restart left of its budget, or too many at the same time.</summary>
    public const string BlastRadius = "BlastRadius";

    /// <summary>For too long too few hosts of the group were well.</summary>
    public const string MinHealthy = "MinHealthy";

    /// <summary>The host was restarted again and again, which has not helped.</summary>
    public const string RemediationIneffective = "RemediationIneffective";

    /// <summary>All attempts of a rule are used up, or the message's deadline has passed.</summary>
    public const string RetriesExhausted = "RetriesExhausted";

    /// <summary>The next attempt would be due after the message expires.</summary>
    public const string RetryWouldExpire = "RetryWouldExpire";

    /// <summary>The process died on this message again and again.</summary>
    public const string HostCrash = "HostCrash";

    /// <summary>The broker's own: it has delivered the message as often as its queue allows.</summary>
    public const string MaxDeliveryCountExceeded = "MaxDeliveryCountExceeded";

    /// <summary>Trying again cannot help: <c>Fatal:</c> and the exception's type.</summary>
    public static string Fatal(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Fatal(failure.Rule, failure.Cause.GetType());
    }

    /// <summary>The same, for an exception of that type which meets that rule.</summary>
    public static string Fatal(FailureRule rule, Type exceptionType)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(exceptionType);
        return rule.DeadLetterReason ?? $"Fatal:{exceptionType.Name}";
    }
}
