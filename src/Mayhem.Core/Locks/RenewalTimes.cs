namespace Mayhem.Locks;

/// <summary>When a lock is renewed, as arithmetic. Times are spans of one monotonic clock.</summary>
internal static class RenewalTimes
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Urgent = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>At half of what is left or 10 s before the end, whichever comes later; at once if less than 400 ms are left.</summary>
    public static TimeSpan Due(TimeSpan now, TimeSpan deadline)
    {
        var left = deadline - now;
        return left < Urgent ? now : Later(now + (left / 2), deadline - Ahead);
    }

    /// <summary>As <see cref="Due"/>, but not before half of a lock's length has passed since the last renewal: short locks are not renewed without a pause.</summary>
    public static TimeSpan DueAfterRenewal(TimeSpan now, TimeSpan startedAt, TimeSpan length) =>
        Later(Due(now, startedAt + length), startedAt + Later(length / 2, ShortestSpan));

    /// <summary>After a failure: when a quarter of what is left has passed, but after 50 ms at least and 1 s at most.</summary>
    public static TimeSpan DueAfterFailure(TimeSpan now, TimeSpan deadline) =>
        now + TimeSpan.FromTicks(Math.Clamp((deadline - now).Ticks / 4, ShortestPause.Ticks, LongestPause.Ticks));

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
