namespace Mayhem.Benchmarks.Soak;

/// <summary>What becomes of a request of a soak.</summary>
internal enum SoakFate
{
    /// <summary>It goes well.</summary>
    Well,

    /// <summary>Its first attempt fails before anything is done.</summary>
    FailsOnce,

    /// <summary>Every attempt fails.</summary>
    FailsAlways,

    /// <summary>The target asks once to come back later than a message waits in place.</summary>
    Throttled,

    /// <summary>The target restarts the host, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>It takes longer than the lock lasts without a renewal.</summary>
    Hangs,

    /// <summary>It takes longer than the lock lasts, and the first delivery's lock cannot be renewed.</summary>
    LosesItsLock,

    /// <summary>It is sent twice.</summary>
    SentTwice,

    /// <summary>There is no such host.</summary>
    UnknownHost,

    /// <summary>It is no request.</summary>
    Malformed,
}

/// <summary>Which request meets which fate.</summary>
internal static class SoakFates
{
    // In tenths of a percent. Those that wait are rare: a slot of the host is taken meanwhile.
    private static readonly (SoakFate Fate, int PerMille)[] Shares =
    [
        (SoakFate.FailsOnce, 40), (SoakFate.FailsAlways, 3), (SoakFate.Throttled, 10), (SoakFate.AnswerLost, 10), (SoakFate.Hangs, 1), (SoakFate.LosesItsLock, 1),
        (SoakFate.SentTwice, 10), (SoakFate.UnknownHost, 5), (SoakFate.Malformed, 5),
    ];

    /// <summary>The fate of the request of a number: always the same one for a seed.</summary>
    public static SoakFate Of(int number, int seed, bool chaos)
    {
        if (!chaos)
            return SoakFate.Well;
        var lot = (int)(Mixed((uint)number, (uint)seed) % 1000);
        foreach (var (fate, share) in Shares)
        {
            if (lot < share)
                return fate;
            lot -= share;
        }

        return SoakFate.Well;
    }

    /// <summary>Whether a message of this fate ends among the dead letters.</summary>
    public static bool IsDeadly(SoakFate fate) => fate is SoakFate.FailsAlways or SoakFate.UnknownHost or SoakFate.Malformed;

    private static uint Mixed(uint number, uint seed)
    {
        var mixed = (number + 1) * 2654435761u ^ seed * 40503u;
        mixed = (mixed ^ mixed >> 15) * 2246822519u;
        mixed = (mixed ^ mixed >> 13) * 3266489917u;
        return mixed ^ mixed >> 16;
    }
}
