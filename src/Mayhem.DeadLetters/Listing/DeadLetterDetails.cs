using Mayhem.DeadLetters.Messages;
using Mayhem.Recovery;

namespace Mayhem.DeadLetters.Listing;

/// <summary>Everything that is known about one dead letter.</summary>
public sealed record DeadLetterDetails
{
    /// <summary>What it was about, and why it died.</summary>
    public required DeadLetterSummary Summary { get; init; }

    /// <summary>Body, properties and headers.</summary>
    public required MessageDocument Message { get; init; }

    /// <summary>Why the body is no request; null if it is one.</summary>
    public string? BodyError { get; init; }

    /// <summary>Its last failures, oldest first.</summary>
    public IReadOnlyList<FailureHistoryEntry> History { get; init; } = [];

    /// <summary>Who sent it again last; null if nobody did.</summary>
    public string? ReplayBy { get; init; }

    /// <summary>Why; null if nobody did.</summary>
    public string? ReplayReason { get; init; }

    /// <summary>The operator's action in the audit; null if there was none.</summary>
    public string? ReplayRun { get; init; }
}
