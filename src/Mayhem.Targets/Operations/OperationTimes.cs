namespace Mayhem.Targets.Operations;

/// <summary>How long a target is asked, and how often.</summary>
internal sealed record OperationTimes
{
    /// <summary>How long an accepted restart may take before the watch is given up for this delivery: 20 min by default.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long to wait between two questions if the server does not say: 5 s by default.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after the intent a restart that was accepted must be visible at the latest: 30 s by default.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait when a server throttles without saying for how long: 30 s by default.</summary>
    public TimeSpan ThrottledDelay { get; init; } = TimeSpan.FromSeconds(30);
}
