using Mayhem.Recovery;

namespace Mayhem.Guards;

/// <summary>Decides what becomes of a message to which a guard said no. Pure.</summary>
public static class GuardPolicy
{
    private const double Spread = 0.2;

    /// <summary>True for guards that make messages wait for their turn, and not for longer than <see cref="GuardOptions.MaxWait"/>.</summary>
    public static bool IsWaitForTurn(GuardRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Guard is Guard.Budget or Guard.Concurrency or Guard.MinHealthy;
    }

    /// <summary>The reason to dead-letter the message; null if it may wait.</summary>
    /// <param name="refusal">The guard's no.</param>
    /// <param name="waited">How long it has waited for its turn.</param>
    /// <param name="options">The guards of its group.</param>
    public static string? DeadLetterReason(GuardRefusal refusal, TimeSpan waited, GuardOptions options)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(options);
        if (refusal.IsFailedCheck)
            return null;
        return refusal.Guard switch
        {
            Guard.OptIn => DeadLetterReasons.Denied,
            Guard.Age => DeadLetterReasons.Stale,
            Guard.Ineffective => DeadLetterReasons.RemediationIneffective,
            Guard.Budget or Guard.Concurrency when waited >= options.MaxWait => DeadLetterReasons.BlastRadius,
            Guard.MinHealthy when waited >= options.MaxWait => DeadLetterReasons.MinHealthy,
            _ => null,
        };
    }

    /// <summary>
    /// How long the message waits: until the guard would let it pass, or for a while if nobody can tell, at least a second. Many wait for the same turn, so that each waits up to a fifth
    /// longer; the end of a cool-down and an opening are met to the moment. A wait for a turn ends with the longest one that is allowed, for a last try.
    /// </summary>
    /// <param name="refusal">The guard's no.</param>
    /// <param name="waited">How long it has waited for its turn.</param>
    /// <param name="options">The guards of its group.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="random">0 to 1, for jitter.</param>
    public static TimeSpan Delay(GuardRefusal refusal, TimeSpan waited, GuardOptions options, DateTimeOffset now, double random)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(options);
        var exact = refusal.PassesAt is { } passes ? passes - now : options.AskAgainAfter;
        if (refusal is { Guard: Guard.CoolDown or Guard.Window, PassesAt: not null })
            return AtLeastASecond(exact);
        var delay = exact + (Spread * random * (exact > options.AskAgainAfter ? exact : options.AskAgainAfter));
        var left = options.MaxWait - waited;
        return AtLeastASecond(IsWaitForTurn(refusal) && left < delay ? left : delay);
    }

    private static TimeSpan AtLeastASecond(TimeSpan delay) => delay < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : delay;
}
