using Mayhem.Collections;

namespace Mayhem.Recovery;

/// <summary>
/// The room in which this process handles messages. One that processes died on goes in alone: when it is its turn nobody else may enter, and it begins when those inside have
/// been there for as long as <see cref="Probation"/>; whatever kills the process is taken to do so before. Thread-safe.
/// </summary>
public sealed class Quarantine(TimeProvider timeProvider)
{
    /// <summary>How long a suspect is handled alone, if it takes that long; twice as long for each death more.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromSeconds(10);

    /// <summary>How often those who wait look whether they may go on.</summary>
    internal static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>When a suspect asks again while another one has its turn: late enough to make room for others meanwhile.</summary>
    internal static readonly TimeSpan NextAsking = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Chain<QuarantineStay> inside = new();
    private QuarantineStay? alone;

    /// <summary>How long a suspect is handled alone.</summary>
    /// <param name="deaths">How often processes died on it.</param>
    /// <param name="limit">After how many deaths a message is to be set aside, from 2.</param>
    public static TimeSpan ProbationOf(int deaths, int limit) => Probation * (1 << Math.Clamp(deaths - (limit - 1), 0, 6));

    /// <summary>Lets a message in; null while somebody is in alone, or waits to be.</summary>
    internal QuarantineStay? Enter()
    {
        lock (gate)
        {
            if (alone is not null)
                return null;
            var stay = new QuarantineStay(this) { Since = timeProvider.GetTimestamp(), IsInside = true };
            inside.Add(stay);
            return stay;
        }
    }

    /// <summary>Gives a suspect its turn, and shuts the door; null if another one has its turn. It may begin once <see cref="QuarantineStay.IsAlone"/>.</summary>
    internal QuarantineStay? EnterAlone()
    {
        lock (gate)
            return alone is null ? alone = new QuarantineStay(this) : null;
    }

    internal bool IsQuiet()
    {
        lock (gate)
            return inside.Last is not { } youngest || timeProvider.GetElapsedTime(youngest.Since) >= Probation;
    }

    internal void Leave(QuarantineStay stay)
    {
        lock (gate)
        {
            if (stay.IsInside)
                TakeOut(stay);
            if (alone == stay)
                alone = null;
        }
    }

    private void TakeOut(QuarantineStay stay)
    {
        stay.IsInside = false;
        inside.Remove(stay);
    }
}

/// <summary>One message's time inside. It leaves when it is settled; once more does no harm.</summary>
internal sealed class QuarantineStay(Quarantine room) : IChained<QuarantineStay>
{
    // What follows belongs to the room and is changed under its lock only.
    internal long Since { get; init; }

    internal bool IsInside { get; set; }

    QuarantineStay? IChained<QuarantineStay>.Previous { get; set; }

    QuarantineStay? IChained<QuarantineStay>.Next { get; set; }

    /// <summary>True if nobody is beside it who might still kill the process.</summary>
    public bool IsAlone => room.IsQuiet();

    /// <summary>Makes room for others.</summary>
    public void Leave() => room.Leave(this);
}
