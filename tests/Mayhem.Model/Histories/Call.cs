namespace Mayhem.Model.Histories;

/// <summary>What the application asks of the world outside its process. Each call can go wrong in a history.</summary>
public enum Call
{
    Issue,
    Find,
    Watch,
    Look,
    RecordIntent,
    RecordIssued,
    RecordFailed,
    RecordRestarted,
    RecordUnsettled,
    CountUnsettled,
    RecordTrial,
    FindTrial,
    RecordCopy,
    FindCopy,
    FindFailure,
    Save,
    Complete,
    Abandon,
    DeadLetter,
    Schedule,
    Renew,
}

/// <summary>How a call can fail.</summary>
public enum Flaw
{
    RestartFailed,
    Ambiguous,
    Throttled,
    BrieflyThrottled,
    NotFound,
    Denied,
    Broken,
    TimedOut,
    Cancelled,
    OutOfMemory,
    Surprise,
    Wrapped,
}

/// <summary>What becomes of one call.</summary>
public enum FaultKind
{
    Fail,
    Hang,
    Die,
}

/// <summary>One thing that goes wrong with one call.</summary>
/// <param name="Kind">What.</param>
/// <param name="Afterwards">True if the call has done its work, and only the answer is affected.</param>
/// <param name="Flaw">How it fails.</param>
public sealed record Fault(FaultKind Kind, bool Afterwards, Flaw Flaw = Flaw.Broken)
{
    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        FaultKind.Fail => $"{(Afterwards ? "FailsAfterwards" : "Fails")}({Flaw})",
        FaultKind.Hang => Afterwards ? "HangsAfterwards" : "Hangs",
        _ => Afterwards ? "DiesAfterwards" : "Dies",
    };
}
