using System.Globalization;

namespace Mayhem.Guards;

/// <summary>
/// What the ledger decides and takes in one step, so that two instances cannot both pass: how often, how close together and how many at a time the hosts of one group may be
/// restarted. Immutable; one object serves all requests of a group.
/// </summary>
/// <param name="Group">The group. All counting is by group, or by host within its group.</param>
public sealed record RestartLimits(string Group)
{
    /// <summary>The longest span of time that can be looked back upon: 7 days. A ledger keeps what was used for at least as long.</summary>
    public static readonly TimeSpan LongestSpan = TimeSpan.FromDays(7);

    /// <summary>How long after the end of a restart its host is left alone by other requests; zero, the default, for not at all. At most <see cref="LongestSpan"/>.</summary>
    public TimeSpan CoolDown { get; init; }

    /// <summary>How many restarts the group may have within <see cref="BudgetSpan"/>, 1 or more; null, the default, for any number.</summary>
    public int? Budget { get; init; }

    /// <summary>The span of the budget: 1 hour by default, at most <see cref="LongestSpan"/>. It slides: no span of this length has more restarts than the budget, wherever it begins.</summary>
    public TimeSpan BudgetSpan { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many hosts of the group may be restarted at the same time, 1 or more; null, the default, for any number.</summary>
    public int? Concurrency { get; init; }

    /// <summary>How many other hosts of the group must be well while one is restarted, 1 or more; null, the default, for none. Needs <see cref="GroupSize"/>, and is less.</summary>
    public int? MinHealthy { get; init; }

    /// <summary>How many hosts the group has; null if that is not known.</summary>
    public int? GroupSize { get; init; }

    /// <summary>How long a host counts as not well after a restart that failed: 1 hour by default, at most <see cref="LongestSpan"/>. A restart that goes well ends it.</summary>
    public TimeSpan FailedFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After how many requests that had the host restarted within <see cref="IneffectiveSpan"/> one more is given up, 1 or more; null, the default, for never.</summary>
    public int? IneffectiveAfter { get; init; }

    /// <summary>The span for <see cref="IneffectiveAfter"/>: 1 day by default, at most <see cref="LongestSpan"/>.</summary>
    public TimeSpan IneffectiveSpan { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A restart whose end is not on record counts as under way for this long: 30 minutes by default. Longer than a restart takes; at most <see cref="LongestSpan"/>.</summary>
    public TimeSpan LongestRestart { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>True if there is nothing to count.</summary>
    public bool AreNone => CoolDown <= TimeSpan.Zero && Budget is null && Concurrency is null && MinHealthy is null && IneffectiveAfter is null;

    /// <summary>How long a restart means something for these limits after it was taken into account, or has ended.</summary>
    public TimeSpan Horizon
    {
        get
        {
            var horizon = LongestRestart + CoolDown;
            foreach (var span in (ReadOnlySpan<TimeSpan>)[Budget is null ? default : BudgetSpan, MinHealthy is null ? default : FailedFor, IneffectiveAfter is null ? default : IneffectiveSpan])
                horizon = span > horizon ? span : horizon;
            return horizon;
        }
    }

    /// <summary>The rule of one guard in a few words, as <c>budget 3 in 01:00:00</c>; null if it limits nothing.</summary>
    public string? RuleOf(Guard guard) => guard switch
    {
        Guard.CoolDown when CoolDown > TimeSpan.Zero => $"cool-down {CoolDown}",
        Guard.Budget when Budget is { } budget => string.Create(CultureInfo.InvariantCulture, $"budget {budget} in {BudgetSpan}"),
        Guard.Concurrency when Concurrency is { } most => string.Create(CultureInfo.InvariantCulture, $"concurrency {most}"),
        Guard.MinHealthy when MinHealthy is { } least => string.Create(CultureInfo.InvariantCulture, $"at least {least} of {GroupSize} healthy"),
        Guard.Ineffective when IneffectiveAfter is { } times => string.Create(CultureInfo.InvariantCulture, $"ineffective after {times} in {IneffectiveSpan}"),
        _ => null,
    };

    /// <summary>The limits in a few words, as <c>cool-down 00:10:00, budget 3 in 01:00:00</c>: goes on record with each intent. Empty if there are none.</summary>
    public override string ToString() => string.Join(", ", Enum.GetValues<Guard>().Select(RuleOf).OfType<string>());
}
