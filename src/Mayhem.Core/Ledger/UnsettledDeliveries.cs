using Mayhem.Messages;
using Microsoft.Extensions.Logging;

namespace Mayhem.Ledger;

/// <summary>Keeps account of deliveries that end without a settlement though nothing crashed. Best effort: a ledger that fails must not fail the message.</summary>
public sealed class UnsettledDeliveries(ILedger ledger, ILogger<UnsettledDeliveries> logger)
{
    /// <summary>Records one.</summary>
    public async Task RecordAsync(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            await ledger.RecordUnsettledAsync(delivery.Identity, delivery.DeliveryCount, CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.UnsettledNotRecorded(logger, failure, delivery.MessageId, delivery.DeliveryCount);
        }
    }

    /// <summary>How many are on record for the message; null if the ledger cannot tell.</summary>
    public async Task<int?> CountAsync(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            return await ledger.CountUnsettledAsync(delivery.Identity, CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.UnsettledNotCounted(logger, failure, delivery.MessageId);
            return null;
        }
    }
}
