namespace Mayhem.Breakers;

/// <summary>How a group of hosts stands, as it was at one moment.</summary>
/// <param name="Group">The group.</param>
/// <param name="State">The state of its circuit breaker.</param>
/// <param name="Since">When that state began.</param>
/// <param name="Results">The results that count now; while the breaker is not closed, those that opened it.</param>
/// <param name="NextProbeAt">When the next message may try, at the latest; null while the breaker is closed.</param>
/// <param name="DelayedUntil">Until when its target has asked to be left alone; null if it has not.</param>
public sealed record GroupSnapshot(string Group, BreakerState State, DateTimeOffset Since, ResultCount Results, DateTimeOffset? NextProbeAt, DateTimeOffset? DelayedUntil)
{
    /// <summary>True if its messages go ahead.</summary>
    public bool IsClear => State == BreakerState.Closed && DelayedUntil is null;
}
