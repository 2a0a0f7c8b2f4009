using Mayhem.Messages;

namespace Mayhem.Recovery;

/// <summary>Reads from the delivery count how often a process died on a message, and judges what follows from it.</summary>
public static class CrashEvidence
{
    /// <summary>
    /// Deliveries before this one that nobody accounts for: neither abandoned on purpose, nor on record as unsettled.
    /// Such a delivery ended with the death of its process. Those of the message that this one is an untried copy of count as well.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="unsettled">Deliveries on record as unsettled: lost locks and failed settlements.</param>
    public static int Deaths(Delivery delivery, int unsettled)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var here = Math.Max(0, delivery.DeliveryCount - 1 - MessageProperties.Number(delivery.Properties, MessageProperties.Abandons) - unsettled);
        return (int)Math.Min(int.MaxValue, here + (long)MessageProperties.Number(delivery.Properties, MessageProperties.Deaths));
    }

    /// <summary>
    /// What follows. A death hits every message in flight, so deaths make a message suspect and no more: it is guilty only if the last one came while nothing else was being
    /// handled. A limit of 1 leaves no room for that, and each death counts.
    /// </summary>
    /// <param name="deaths">How often a process died on the message.</param>
    /// <param name="onTrial">True if it was being handled alone, and no process has outlived that.</param>
    /// <param name="limit">After how many deaths the message is to be set aside.</param>
    public static Suspicion Judge(int deaths, bool onTrial, int limit)
    {
        if (deaths >= limit && (onTrial || limit == 1))
            return Suspicion.Guilty;
        return limit > 1 && deaths >= limit - 1 ? Suspicion.Suspect : Suspicion.None;
    }
}

/// <summary>Whether a message is taken for what kills the process.</summary>
public enum Suspicion
{
    /// <summary>It is handled beside others.</summary>
    None,

    /// <summary>It may be the one: it is handled alone, and waits for its turn.</summary>
    Suspect,

    /// <summary>It is the one: it is dead-lettered as HostCrash.</summary>
    Guilty,
}
