namespace Mayhem.Locks;

/// <summary>How long a message's lock lasts, and how long it is kept alive.</summary>
public sealed class LockOptions
{
    /// <summary>
    /// The full length of a lock after a renewal: the lock duration that the queue is set to, since a renewal does not tell.
    /// 500 ms to 5 min; null (default) takes what was left at the delivery.
    /// </summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>
    /// How long one message may be handled, counted from the start of its handling. Past it the handler is cancelled and nothing is renewed
    /// any more. 1 s to 24 h; 30 min by default. It should be longer than the slowest restart with its retries in place.
    /// </summary>
    public TimeSpan MaxLockDuration { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a handler may merely wait, so that half of the longest time allowed is left for its work.</summary>
    public TimeSpan LongestWait() => MaxLockDuration / 2;

    /// <summary>What is wrong with the values, one sentence each that begins with the name of the option; empty if all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Duration is { } duration && (duration < TimeSpan.FromMilliseconds(500) || duration > TimeSpan.FromMinutes(5)))
            yield return $"{nameof(Duration)} is {duration}; give 00:00:00.500 to 00:05:00, as the queue is set, or leave it out.";
        if (MaxLockDuration < TimeSpan.FromSeconds(1) || MaxLockDuration > TimeSpan.FromHours(24))
            yield return $"{nameof(MaxLockDuration)} is {MaxLockDuration}; give 00:00:01 to 1.00:00:00.";
    }
}
