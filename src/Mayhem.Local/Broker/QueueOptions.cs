namespace Mayhem.Local.Broker;

/// <summary>How one queue behaves. The defaults are those of a new queue in Azure, but for the lock, which is 30 s as in the portal's older default.</summary>
public sealed record QueueOptions
{
    /// <summary>How long a message, or a session, stays locked without renewal. More than 0, at most 5 minutes. Default 30 s.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so many deliveries without success a message is dead-lettered. 1 to 2000. Default 10.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>The longest life of a message; a message may ask for less. Null (the default) for no end.</summary>
    public TimeSpan? DefaultTimeToLive { get; init; }

    /// <summary>True to dead-letter what expires, false (the default) to drop it.</summary>
    public bool DeadLetteringOnMessageExpiration { get; init; }

    /// <summary>How long the id of an accepted message is remembered, to drop duplicates. 20 s to 7 days; null (the default) switches detection off.</summary>
    public TimeSpan? DuplicateDetectionWindow { get; init; }

    /// <summary>True if every message belongs to a session, and sessions are received one receiver at a time, in order. Default false.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>The largest message, or batch of messages, with its properties, in bytes. 1 or more. Default 256 KB, as in the Standard tier.</summary>
    public int MaxMessageBytes { get; init; } = 256 * 1024;

    /// <summary>Throws if a value is out of range.</summary>
    /// <exception cref="InvalidOperationException">Names the queue, the option, its value and its range.</exception>
    public void Validate(string queue)
    {
        Check(LockDuration > TimeSpan.Zero && LockDuration <= TimeSpan.FromMinutes(5), nameof(LockDuration), LockDuration, "more than 0, at most 00:05:00");
        Check(MaxDeliveryCount is >= 1 and <= 2000, nameof(MaxDeliveryCount), MaxDeliveryCount, "1 to 2000");
        Check(DefaultTimeToLive is null || DefaultTimeToLive > TimeSpan.Zero, nameof(DefaultTimeToLive), DefaultTimeToLive, "more than 0, or null");
        Check(DuplicateDetectionWindow is null || (DuplicateDetectionWindow >= TimeSpan.FromSeconds(20) && DuplicateDetectionWindow <= TimeSpan.FromDays(7)),
            nameof(DuplicateDetectionWindow), DuplicateDetectionWindow, "00:00:20 to 7.00:00:00, or null");
        Check(MaxMessageBytes >= 1, nameof(MaxMessageBytes), MaxMessageBytes, "1 or more");

        void Check(bool holds, string option, object? value, string range)
        {
            if (!holds)
                throw new InvalidOperationException($"Queue '{queue}': {option} is {value}; it must be {range}.");
        }
    }
}
