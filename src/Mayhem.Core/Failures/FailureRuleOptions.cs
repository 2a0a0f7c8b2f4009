namespace Mayhem.Failures;

/// <summary>
/// One rule as configuration gives it, under <c>Mayhem:Failures:&lt;type name&gt;</c>. What is not given stays as the default rule of that type has it;
/// a type without one starts from the rule of its nearest base type.
/// </summary>
public sealed class FailureRuleOptions
{
    /// <summary><c>Transient</c>, <c>Throttled</c>, <c>Fatal</c>, <c>Tolerated</c>, <c>Abandoned</c> or <c>ProcessFatal</c>.</summary>
    public string? Class { get; set; }

    /// <summary>A fixed delay, as <c>00:00:30</c>; from zero to one day. With <see cref="DelayFrom"/>, the fallback.</summary>
    public string? Delay { get; set; }

    /// <summary>The property of the exception that holds the delay.</summary>
    public string? DelayFrom { get; set; }

    /// <summary>The first of exponential delays, as <c>00:00:01</c>.</summary>
    public string? FirstDelay { get; set; }

    /// <summary>What each exponential delay is multiplied by; 1 to 100, 2 by default.</summary>
    public string? Factor { get; set; }

    /// <summary>The longest exponential delay; 5 minutes by default.</summary>
    public string? MaxDelay { get; set; }

    /// <summary>The share of an exponential delay that is drawn by chance; 0 to 1, 0.2 by default.</summary>
    public string? Jitter { get; set; }

    /// <summary>Attempts in all; 1 to 1000.</summary>
    public string? MaxAttempts { get; set; }

    /// <summary>For <c>Fatal</c>: the reason on the dead letter, at most 256 characters.</summary>
    public string? DeadLetterReason { get; set; }
}
