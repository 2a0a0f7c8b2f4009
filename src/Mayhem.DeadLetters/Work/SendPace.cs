namespace Mayhem.DeadLetters.Work;

/// <summary>When the next message may be sent: the n-th not before n seconds divided by the rate have passed. Pure but for the clock.</summary>
internal sealed class SendPace(double? rate, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private long begun;

    /// <summary>True if there is a rate to keep.</summary>
    public bool IsLimited => rate is not null;

    /// <summary>How many messages to receive at a time: what is sent within a second or two, so that no lock runs out while its message waits.</summary>
    public int Batch(int most) => rate is { } limit ? Math.Clamp((int)Math.Ceiling(limit), 1, most) : most;

    /// <summary>How long to wait before the next message; zero if it may be sent now.</summary>
    public TimeSpan Wait()
    {
        if (rate is not { } limit)
            return TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(begun / limit) - time.GetElapsedTime(start);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>One more is sent.</summary>
    public void Count() => begun++;
}
