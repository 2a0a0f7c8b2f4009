using Mayhem.Messages;
using Microsoft.Extensions.Logging;

namespace Mayhem.Ledger;

/// <summary>Finds attempts that failed in a delivery which could not write that on the message, because its process died or its lock was lost. A ledger that fails must not fail the message.</summary>
public sealed class RecordedFailures(ILedger ledger, ILogger<RecordedFailures> logger)
{
    /// <summary>The last failure on record for the message; null if there is none, or the ledger cannot tell.</summary>
    public async ValueTask<RecordedFailure?> FindAsync(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.DeliveryCount < 2)
            return null;
        try
        {
            return await ledger.FindFailureAsync(delivery.Identity, CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.FailureNotFound(logger, failure, delivery.MessageId);
            return null;
        }
    }
}
