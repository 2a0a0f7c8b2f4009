namespace Mayhem.Targets.Operations;

/// <summary>What an answer other than "accepted" to the request for a restart means.</summary>
internal enum IssueSignal
{
    /// <summary>The request is not acceptable, and will not be.</summary>
    Refused,

    /// <summary>There is no such machine, as far as the server that answered knows.</summary>
    NotFound,

    /// <summary>An operator's lock forbids it.</summary>
    Locked,

    /// <summary>Not in this state of the machine.</summary>
    NotInThisState,

    /// <summary>A quota is used up.</summary>
    QuotaExceeded,

    /// <summary>Something else is being done to the machine.</summary>
    Conflict,

    /// <summary>Too many requests.</summary>
    Throttled,

    /// <summary>No answer, or none from whoever restarts: the restart may be on its way.</summary>
    Ambiguous,
}

/// <summary>Tells the meaning by status and error code.</summary>
internal static class IssueSignals
{
    /// <summary>The meaning of an answer.</summary>
    /// <param name="status">The HTTP status; 0 if there was no answer.</param>
    /// <param name="code">The error code; null if there was none.</param>
    /// <param name="message">The error's text: only it tells a quota from a state.</param>
    public static IssueSignal Of(int status, string? code, string message) => status switch
    {
        404 or 410 => IssueSignal.NotFound,
        408 => IssueSignal.Ambiguous,
        409 when Is(code, "ScopeLocked") => IssueSignal.Locked,
        409 when Is(code, "QuotaExceeded") => IssueSignal.QuotaExceeded,
        409 when Is(code, "OperationNotAllowed") =>
            message.Contains("quota", StringComparison.OrdinalIgnoreCase) ? IssueSignal.QuotaExceeded : IssueSignal.NotInThisState,
        409 => IssueSignal.Conflict,
        429 => IssueSignal.Throttled,
        >= 300 and < 500 => IssueSignal.Refused,
        _ => IssueSignal.Ambiguous,
    };

    private static bool Is(string? code, string expected) => string.Equals(code, expected, StringComparison.OrdinalIgnoreCase);
}
