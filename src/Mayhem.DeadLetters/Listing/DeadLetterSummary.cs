namespace Mayhem.DeadLetters.Listing;

/// <summary>One dead letter in a list: what it was about, and why it died.</summary>
public sealed record DeadLetterSummary
{
    /// <summary>The broker's number of it: what it is called in every operation.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>The broker's id.</summary>
    public required string MessageId { get; init; }

    /// <summary>The id of the message that its sender sent.</summary>
    public required string RootId { get; init; }

    /// <summary>Why it died: a stable code, as <c>RetriesExhausted</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Why it died, in words; null if nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>The class of its last failure, as <c>Transient</c>; null if nothing failed.</summary>
    public string? Class { get; init; }

    /// <summary>The full name of the exception's type; null if nothing was thrown.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>Groups failures of one cause; null if nothing was thrown.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Leads to the exception report; null if there is none.</summary>
    public string? ReportId { get; init; }

    /// <summary>The request's id; null if the body is no request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The host to restart; null if the body is no request.</summary>
    public string? Host { get; init; }

    /// <summary>The host's group: as configured, or else as the request says; null if neither does.</summary>
    public string? Group { get; init; }

    /// <summary>Who asked; null if the body is no request.</summary>
    public string? Requester { get; init; }

    /// <summary>The session; null outside sessions.</summary>
    public string? SessionId { get; init; }

    /// <summary>How many attempts were made; 0 if nobody counted.</summary>
    public int Attempts { get; init; }

    /// <summary>When the broker accepted it.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When its last attempt failed; when the broker accepted it, if nobody wrote that down.</summary>
    public required DateTimeOffset DiedAt { get; init; }

    /// <summary>The size of the body in bytes.</summary>
    public int BodyBytes { get; init; }

    /// <summary>How often an operator has sent it again already.</summary>
    public int ReplayCount { get; init; }

    /// <summary>The root id of the dead letter that it is a replay of; null if it is none.</summary>
    public string? ReplayOf { get; init; }
}
