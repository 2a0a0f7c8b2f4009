namespace Mayhem.DeadLetters.Operators;

/// <summary>What an operator does with dead letters.</summary>
public enum OperatorAction
{
    /// <summary>Sends dead letters again.</summary>
    Replay,

    /// <summary>Sends one again with another body.</summary>
    Edit,

    /// <summary>Removes dead letters.</summary>
    Discard,

    /// <summary>Sends what was exported.</summary>
    Import,
}

/// <summary>How far an operation is.</summary>
public enum OperatorStep
{
    /// <summary>It is about to begin.</summary>
    Begun,

    /// <summary>One message is about to be sent or removed.</summary>
    Message,

    /// <summary>It has ended.</summary>
    Ended,
}

/// <summary>One line of the audit of operators.</summary>
public sealed record OperatorRecord
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The operation that the line belongs to.</summary>
    public required string Run { get; init; }

    /// <summary>What is done.</summary>
    public required OperatorAction Action { get; init; }

    /// <summary>How far it is.</summary>
    public required OperatorStep Step { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Namespace and queue, as <c>mayhem.local/restarts</c>.</summary>
    public required string Queue { get; init; }

    /// <summary>Which dead letters are meant, in words; on <see cref="OperatorStep.Begun"/>.</summary>
    public string? Filter { get; init; }

    /// <summary>How many are meant.</summary>
    public int? Planned { get; init; }

    /// <summary>How many are done; on <see cref="OperatorStep.Ended"/>.</summary>
    public int? Done { get; init; }

    /// <summary>How many failed; on <see cref="OperatorStep.Ended"/>.</summary>
    public int? Failed { get; init; }

    /// <summary>The dead letter's number; on <see cref="OperatorStep.Message"/>, as what follows.</summary>
    public long? SequenceNumber { get; init; }

    /// <summary>The dead letter's id.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why it died.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>The id under which it is sent again; null if it is removed.</summary>
    public string? SentAs { get; init; }

    /// <summary>The body, where it would be gone otherwise: of what is edited or removed.</summary>
    public byte[]? Body { get; init; }
}
