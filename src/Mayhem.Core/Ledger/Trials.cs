using Mayhem.Messages;
using Microsoft.Extensions.Logging;

namespace Mayhem.Ledger;

/// <summary>Keeps account of messages that are handled alone because processes died on them. Best effort: a ledger that fails must not fail the message.</summary>
public sealed class Trials(ILedger ledger, ILogger<Trials> logger)
{
    /// <summary>Records that a message is handled alone from now on.</summary>
    public Task RecordBegunAsync(Delivery delivery, CancellationToken cancellationToken) => RecordAsync(delivery, outlived: false, cancellationToken);

    /// <summary>Records that the process has outlived that.</summary>
    public Task RecordOutlivedAsync(Delivery delivery) => RecordAsync(delivery, outlived: true, CancellationToken.None);

    /// <summary>True if the message is on record as being handled alone, and no process has outlived that; false if not, or if the ledger cannot tell.</summary>
    public async Task<bool> IsOnTrialAsync(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            return await ledger.IsOnTrialAsync(delivery.Identity, CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.TrialNotFound(logger, failure, delivery.MessageId);
            return false;
        }
    }

    private async Task RecordAsync(Delivery delivery, bool outlived, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            await ledger.RecordTrialAsync(delivery.Identity, outlived, cancellationToken);
        }
        catch (Exception failure)
        {
            Log.TrialNotRecorded(logger, failure, outlived ? "outlived" : "begun", delivery.MessageId);
        }
    }
}
