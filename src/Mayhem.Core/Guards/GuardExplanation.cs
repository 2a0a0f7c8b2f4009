namespace Mayhem.Guards;

/// <summary>What one guard would say to a request.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Rule">Its rule; null if none is configured.</param>
/// <param name="Refusal">Its no; null if it would let the request pass.</param>
public sealed record GuardFinding(Guard Guard, string? Rule, GuardRefusal? Refusal);

/// <summary>Tells guard by guard what would be said to a new request for a host. Pure.</summary>
public static class GuardExplanation
{
    /// <summary>All guards, in their order.</summary>
    /// <param name="guards">The guards of the host's group.</param>
    /// <param name="denied">Why the host must not be restarted; null if it may be.</param>
    /// <param name="halt">The halt in force; null if there is none.</param>
    /// <param name="uses">What the attempts of the group have taken of its limits.</param>
    /// <param name="host">The host.</param>
    /// <param name="at">When the request is sent and carried out.</param>
    public static IReadOnlyList<GuardFinding> Of(GroupGuards guards, string? denied, Halt? halt, GroupUses uses, string host, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(guards);
        return
        [
            new GuardFinding(Guard.OptIn, "inventory", denied is null ? null : new GuardRefusal(Guard.OptIn, "inventory", denied)),
            new GuardFinding(Guard.Age, guards.Options.MaxAge > TimeSpan.Zero ? $"maximum age {guards.Options.MaxAge}" : null, Refusal: null),
            new GuardFinding(Guard.KillSwitch, "halt", halt?.Refusal),
            new GuardFinding(Guard.Window, guards.Times?.Text, guards.CheckWindow(at)),
            .. LimitChecks.All(uses, guards.Limits, new Candidate("", 1, host, at)).Select(answer => new GuardFinding(answer.Guard, guards.Limits.RuleOf(answer.Guard), answer.Refusal)),
        ];
    }
}
