using System.Globalization;

namespace Mayhem.Guards;

/// <summary>
/// What guards the hosts of a group. Bound from <c>Mayhem:Guards</c> for every group, and over that from <c>Mayhem:Guards:Groups:{group}</c> for one. Without any value nothing is
/// guarded but by the inventory, <c>notAfter</c> and the kill switch.
/// </summary>
public sealed class GuardOptions
{
    /// <summary>How old a request may be when its restart begins, from when the broker accepted it; 0 for any age, the default; up to 14 days. Older ones are dead-lettered as Stale.</summary>
    public TimeSpan MaxAge { get; set; }

    /// <summary>When restarts may begin, as <c>Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00</c>; always by default. Other requests wait for the opening.</summary>
    public string Window { get; set; } = "";

    /// <summary>The time zone of the window and the holidays, as <c>Europe/Berlin</c>; UTC by default.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Days on which no restart begins, as <c>2026-12-25; 2027-01-01</c>, nor in a window that opens on them; none by default. Needs a window.</summary>
    public string Holidays { get; set; } = "";

    /// <summary>How long after the end of a restart its host is left alone by other requests; 0 for not at all, the default; up to 7 days.</summary>
    public TimeSpan CoolDown { get; set; }

    /// <summary>How many restarts the group may have within <see cref="BudgetSpan"/>; 0 for any number, the default; up to 100000. Each attempt that may have been issued counts.</summary>
    public int Budget { get; set; }

    /// <summary>The sliding span of the budget; 1 hour by default, 1 s to 7 days.</summary>
    public TimeSpan BudgetSpan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many hosts of the group may be restarted at the same time; 0 for any number, the default; up to 100000.</summary>
    public int Concurrency { get; set; }

    /// <summary>How many hosts the group has, for <see cref="MinHealthy"/>; 0 for not known, the default; up to 100000.</summary>
    public int GroupSize { get; set; }

    /// <summary>How many other hosts of the group must be well while one is restarted; 0 for none, the default; less than <see cref="GroupSize"/>.</summary>
    public int MinHealthy { get; set; }

    /// <summary>How long a host counts as not well after a restart of it failed, unless one goes well; 1 hour by default, 1 s to 7 days.</summary>
    public TimeSpan FailedFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After how many requests that had a host restarted within <see cref="IneffectiveSpan"/> the next one is dead-lettered as RemediationIneffective; 0 for never, the default; up to 1000.</summary>
    public int IneffectiveAfter { get; set; }

    /// <summary>The span for <see cref="IneffectiveAfter"/>; 1 day by default, 1 s to 7 days.</summary>
    public TimeSpan IneffectiveSpan { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A restart whose end is not on record counts as under way for this long; 30 minutes by default, 1 s to 7 days. Longer than a restart takes.</summary>
    public TimeSpan LongestRestart { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a message may wait for budget, concurrency or healthy hosts, from when it was first told to; 1 hour by default, 1 s to 14 days. Then it is dead-lettered as BlastRadius
    /// or MinHealthy.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromHours(1);

    /// <summary>When a message asks again where no guard can tell when it would pass: while restarts are halted, say; 30 s by default, 1 s to 1 hour.</summary>
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same values, to put those of a group over them.</summary>
    public GuardOptions Copy() => (GuardOptions)MemberwiseClone();

    /// <summary>What is wrong with the values, each as a sentence that starts with the key.</summary>
    /// <param name="section">The section they come from.</param>
    public IEnumerable<string> Errors(string section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return
        [
            .. Range(section, nameof(MaxAge), MaxAge, TimeSpan.Zero, TimeSpan.FromDays(14)),
            .. Range(section, nameof(CoolDown), CoolDown, TimeSpan.Zero, RestartLimits.LongestSpan),
            .. Range(section, nameof(BudgetSpan), BudgetSpan, TimeSpan.FromSeconds(1), RestartLimits.LongestSpan),
            .. Range(section, nameof(FailedFor), FailedFor, TimeSpan.FromSeconds(1), RestartLimits.LongestSpan),
            .. Range(section, nameof(IneffectiveSpan), IneffectiveSpan, TimeSpan.FromSeconds(1), RestartLimits.LongestSpan),
            .. Range(section, nameof(LongestRestart), LongestRestart, TimeSpan.FromSeconds(1), RestartLimits.LongestSpan),
            .. Range(section, nameof(MaxWait), MaxWait, TimeSpan.FromSeconds(1), TimeSpan.FromDays(14)),
            .. Range(section, nameof(AskAgainAfter), AskAgainAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            .. Range(section, nameof(Budget), Budget, 100_000),
            .. Range(section, nameof(Concurrency), Concurrency, 100_000),
            .. Range(section, nameof(GroupSize), GroupSize, 100_000),
            .. Range(section, nameof(IneffectiveAfter), IneffectiveAfter, 1000),
            .. Healthy(section),
            .. OpeningTimes.Read(this).Problems.Select(problem => $"{section}:{problem}"),
        ];
    }

    /// <summary>The limits that the ledger counts.</summary>
    public RestartLimits LimitsOf(string group) => new(group)
    {
        CoolDown = CoolDown,
        Budget = OrNull(Budget),
        BudgetSpan = BudgetSpan,
        Concurrency = OrNull(Concurrency),
        GroupSize = OrNull(GroupSize),
        MinHealthy = OrNull(MinHealthy),
        FailedFor = FailedFor,
        IneffectiveAfter = OrNull(IneffectiveAfter),
        IneffectiveSpan = IneffectiveSpan,
        LongestRestart = LongestRestart,
    };

    private static int? OrNull(int limit) => limit == 0 ? null : limit;

    private IEnumerable<string> Healthy(string section)
    {
        if (MinHealthy < 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{section}:{nameof(MinHealthy)} is '{MinHealthy}'; allowed is a whole number from 0.");
        else if (MinHealthy > 0 && GroupSize == 0)
            yield return $"{section}:{nameof(GroupSize)} is missing: without it nobody can tell whether {nameof(MinHealthy)}, {MinHealthy}, hosts are well.";
        else if (MinHealthy > 0 && MinHealthy >= GroupSize)
            yield return $"{section}:{nameof(MinHealthy)} is '{MinHealthy}'; with {nameof(GroupSize)} {GroupSize}, allowed is 0 to {GroupSize - 1}: a host that is restarted is not well meanwhile.";
    }

    private static IEnumerable<string> Range(string section, string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            yield return $"{section}:{name} is '{value}'; allowed is {least} to {most}.";
    }

    private static IEnumerable<string> Range(string section, string name, int value, int most)
    {
        if (value < 0 || value > most)
            yield return string.Create(CultureInfo.InvariantCulture, $"{section}:{name} is '{value}'; allowed is a whole number from 0, for no limit, to {most}.");
    }
}
