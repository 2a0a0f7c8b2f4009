namespace Mayhem.Failures;

/// <summary>The arithmetic of waiting.</summary>
public static class Backoff
{
    /// <summary>An exponential delay: capped first, then spread by jitter, and never above the cap.</summary>
    /// <param name="first">The first delay.</param>
    /// <param name="factor">What each delay is multiplied by to make the next; at least 1.</param>
    /// <param name="cap">The longest delay.</param>
    /// <param name="jitter">0 to 1: the share of the delay that is drawn by chance.</param>
    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="random">0 to 1: 0 is the shortest delay the jitter allows, 1 the longest.</param>
    public static TimeSpan Exponential(TimeSpan first, double factor, TimeSpan cap, double jitter, int failures, double random)
    {
        // The power may overflow to infinity; the minimum brings it back.
        var plain = Math.Min(first.Ticks * Math.Pow(factor, Math.Max(0, failures - 1)), cap.Ticks);
        var spread = plain * (1 + (jitter * ((2 * random) - 1)));
        return TimeSpan.FromTicks((long)Math.Clamp(spread, 0, cap.Ticks));
    }
}
