using Mayhem.Messages;
using Mayhem.Recovery;
using Microsoft.Extensions.Logging;

namespace Mayhem.Ledger;

/// <summary>
/// Keeps account of copies that are about to be scheduled. If the process dies before the original is completed, the next delivery of the original schedules
/// the same copy once more, which the broker drops, and tries nothing: else the message and its copy would both be tried. Best effort, as the broker's
/// duplicate detection is: without the record, an attempt more is made.
/// </summary>
public sealed class PlannedCopies(ILedger ledger, ILogger<PlannedCopies> logger)
{
    /// <summary>Records one.</summary>
    public async Task RecordAsync(Delivery delivery, DateTimeOffset dueAt, MessageProgress progress)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            await ledger.RecordCopyAsync(PlannedCopy.Of(delivery, dueAt, progress), CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.CopyNotRecorded(logger, failure, delivery.MessageId);
        }
    }

    /// <summary>The copy that an earlier delivery of the message has planned; null if there is none, or the ledger cannot tell.</summary>
    public async ValueTask<PlannedCopy?> FindAsync(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.DeliveryCount < 2)
            return null;
        try
        {
            return await ledger.FindCopyAsync(delivery.MessageId, CancellationToken.None) is { } copy && copy.SequenceNumber == delivery.SequenceNumber ? copy : null;
        }
        catch (Exception failure)
        {
            Log.CopyNotFound(logger, failure, delivery.MessageId);
            return null;
        }
    }
}
