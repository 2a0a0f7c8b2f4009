namespace Mayhem.Breakers;

/// <summary>For how long a group's target has asked to be left alone. Times are spans of one monotonic clock.</summary>
/// <param name="longest">No delay counts for longer than this.</param>
internal sealed class SharedDelay(TimeSpan longest)
{
    private TimeSpan until;

    /// <summary>The length of the delay that was learnt last.</summary>
    public TimeSpan Length { get; private set; }

    /// <summary>How long it still lasts; zero if it is over.</summary>
    public TimeSpan Left(TimeSpan now) => until > now ? until - now : TimeSpan.Zero;

    /// <summary>Learns a delay. A shorter one than is known already changes nothing.</summary>
    /// <returns>True if there was none before.</returns>
    public bool Learn(TimeSpan delay, TimeSpan now)
    {
        var length = delay < longest ? delay : longest;
        if (now + length <= until)
            return false;
        var isNews = until <= now;
        until = now + length;
        Length = length;
        return isNews && length > TimeSpan.Zero;
    }
}
