namespace Mayhem.Guards;

/// <summary>What the attempts of one group have taken of its limits. Filled by a ledger: as it goes, or with the rows that matter. Not thread-safe.</summary>
public sealed class GroupUses
{
    private readonly List<RestartUse> byTime = [];
    private readonly Dictionary<string, List<RestartUse>> byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string RequestId, int Attempt), RestartUse> running = [];

    /// <summary>How many there are.</summary>
    public int Count => byTime.Count;

    /// <summary>All of them, the latest last.</summary>
    public IReadOnlyList<RestartUse> All => byTime;

    /// <summary>Those whose end is not on record.</summary>
    internal IReadOnlyCollection<RestartUse> Open => running.Values;

    /// <summary>Those of each host, the latest last.</summary>
    internal IReadOnlyDictionary<string, List<RestartUse>> ByHost => byHost;

    /// <summary>Adds an attempt.</summary>
    public void Add(RestartUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (use.State == UseState.GivenBack)
            return;
        Insert(byTime, use);
        if (!byHost.TryGetValue(use.Host, out var ofHost))
            byHost[use.Host] = ofHost = [];
        Insert(ofHost, use);
        if (use.State is UseState.Begun or UseState.Issued)
            running[(use.RequestId, use.Attempt)] = use;
    }

    /// <summary>Removes an attempt that was added.</summary>
    public void Remove(RestartUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (use.State == UseState.GivenBack)
            return;
        Delete(byTime, use);
        var ofHost = byHost[use.Host];
        Delete(ofHost, use);
        if (ofHost.Count == 0)
            byHost.Remove(use.Host);
        running.Remove((use.RequestId, use.Attempt));
    }

    /// <summary>Drops what was taken and has ended before a time. Does nothing while that is less than half of all, so that it costs next to nothing to ask for it again and again.</summary>
    /// <returns>What was dropped.</returns>
    internal IReadOnlyList<RestartUse> Forget(DateTimeOffset before)
    {
        if (byTime.Count == 0 || !IsOver(byTime[byTime.Count / 2], before))
            return [];
        var over = byTime.Where(use => IsOver(use, before)).ToList();
        byTime.RemoveAll(use => IsOver(use, before));
        foreach (var use in over)
            running.Remove((use.RequestId, use.Attempt));
        foreach (var (host, uses) in byHost)
        {
            uses.RemoveAll(use => IsOver(use, before));
            if (uses.Count == 0)
                byHost.Remove(host);
        }

        return over;
    }

    /// <summary>True for what was taken and has ended before a time.</summary>
    internal static bool IsOver(RestartUse use, DateTimeOffset before) => use.TakenAt < before && (use.EndedAt ?? use.TakenAt) < before;

    /// <summary>Those of a host, the latest last.</summary>
    internal IReadOnlyList<RestartUse> Of(string host) => byHost.TryGetValue(host, out var uses) ? uses : [];

    // The wall clock may have been set back, so the latest is not always the last to come.
    private static void Insert(List<RestartUse> uses, RestartUse use)
    {
        var place = uses.Count;
        while (place > 0 && uses[place - 1].TakenAt > use.TakenAt)
            place--;
        uses.Insert(place, use);
    }

    private static void Delete(List<RestartUse> uses, RestartUse use)
    {
        var place = uses.FindLastIndex(one => ReferenceEquals(one, use));
        if (place >= 0)
            uses.RemoveAt(place);
    }
}
