namespace Mayhem.Ledger;

/// <summary>How far an attempt had come when it failed.</summary>
public enum AttemptFailure
{
    /// <summary>It certainly was not issued: no machine has noticed it, and it counts for no limit.</summary>
    NotIssued,

    /// <summary>It was issued, and has certainly ended.</summary>
    Issued,

    /// <summary>It cannot be told whether it was issued, or whether it has ended: <see cref="RestartState.Interrupted"/>.</summary>
    Unclear,
}
