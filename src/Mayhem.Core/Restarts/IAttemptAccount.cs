using Mayhem.Ledger;

namespace Mayhem.Restarts;

/// <summary>Keeps account of the attempts of a message.</summary>
public interface IAttemptAccount
{
    /// <summary>What the failure of an attempt means for the message; null if it uses up no attempt. Recorded together with the failure.</summary>
    RecordedFailure? Account(Exception failure);
}
