namespace Mayhem.DeadLetters.Listing;

/// <summary>Counts dead letters by one thing, in bounded memory.</summary>
internal sealed class GroupCounter(Func<DeadLetterSummary, string?> keyOf)
{
    private readonly Dictionary<string, DeadLetterGroup> groups = new(StringComparer.OrdinalIgnoreCase);
    private DeadLetterGroup? keyless;
    private int others;

    public void Add(DeadLetterSummary dead)
    {
        if (keyOf(dead) is not { } key)
            keyless = With(keyless, key: null, dead);
        else if (groups.TryGetValue(key, out var known))
            groups[key] = With(known, key, dead);
        else if (groups.Count < DeadLetterGrouping.Most)
            groups[key] = With(known: null, key, dead);
        else
            others++;
    }

    public DeadLetterGrouping Result()
    {
        var all = keyless is null ? groups.Values.AsEnumerable() : groups.Values.Append(keyless);
        return new DeadLetterGrouping([.. all.OrderByDescending(group => group.Count).ThenBy(group => group.Key, StringComparer.OrdinalIgnoreCase)], others);
    }

    private static DeadLetterGroup With(DeadLetterGroup? known, string? key, DeadLetterSummary dead) => known is null
        ? new DeadLetterGroup(key, 1, dead.DiedAt, dead.DiedAt, dead)
        : known with
        {
            Count = known.Count + 1,
            Oldest = dead.DiedAt < known.Oldest ? dead.DiedAt : known.Oldest,
            Newest = dead.DiedAt > known.Newest ? dead.DiedAt : known.Newest,
        };
}
