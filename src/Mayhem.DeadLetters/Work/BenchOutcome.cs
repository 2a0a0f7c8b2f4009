using Mayhem.DeadLetters.Listing;

namespace Mayhem.DeadLetters.Work;

/// <summary>What came of an operation.</summary>
public sealed record BenchOutcome
{
    /// <summary>The operation's id in the audit, and on what it has sent.</summary>
    public required string Run { get; init; }

    /// <summary>True if nothing was done.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many dead letters were meant when it began. What has died since is left alone.</summary>
    public int Planned { get; init; }

    /// <summary>How many are done.</summary>
    public int Done { get; init; }

    /// <summary>How many could not be done. They are dead letters still.</summary>
    public int Failed { get; init; }

    /// <summary>How many were not come to: gone meanwhile, locked by somebody else, or the operation was cancelled or given up before.</summary>
    public int NotReached { get; init; }

    /// <summary>True if it was cancelled. What was not done is a dead letter still.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Why some could not be done; at most <see cref="MostShown"/>.</summary>
    public IReadOnlyList<BenchFailure> Failures { get; init; } = [];

    /// <summary>The first of those that were meant, on a dry run; at most <see cref="MostShown"/>.</summary>
    public IReadOnlyList<DeadLetterSummary> Sample { get; init; } = [];

    /// <summary>Why the end of it could not be put on record; null if it is, as the beginning always is.</summary>
    public string? AuditError { get; init; }

    /// <summary>So many failures and samples are listed at most.</summary>
    public const int MostShown = 100;

    /// <summary>True if everything that was meant is done.</summary>
    public bool IsComplete => !DryRun && Failed == 0 && NotReached == 0 && !Cancelled;
}

/// <summary>A dead letter that something could not be done with.</summary>
/// <param name="SequenceNumber">Its number; 0 for what has ended the whole operation.</param>
/// <param name="MessageId">Its id; null if it has none.</param>
/// <param name="Error">Why.</param>
public sealed record BenchFailure(long SequenceNumber, string? MessageId, string Error);
