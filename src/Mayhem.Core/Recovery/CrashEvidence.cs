using Mayhem.Messages;

namespace Mayhem.Recovery;

/// <summary>Reads from the delivery count how often a process died on a message.</summary>
public static class CrashEvidence
{
    /// <summary>
    /// Deliveries before this one that nobody accounts for: neither abandoned on purpose, nor on record as unsettled.
    /// Such a delivery ended with the death of its process.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="unsettled">Deliveries on record as unsettled: lost locks and failed settlements.</param>
    public static int Deaths(Delivery delivery, int unsettled)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return Math.Max(0, delivery.DeliveryCount - 1 - MessageProperties.Number(delivery.Properties, MessageProperties.Abandons) - unsettled);
    }
}
