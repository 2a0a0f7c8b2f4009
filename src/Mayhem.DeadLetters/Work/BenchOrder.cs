namespace Mayhem.DeadLetters.Work;

/// <summary>Who has something done with dead letters, why, and how.</summary>
public sealed record BenchOrder
{
    /// <summary>Who: on record in the audit, and on what is sent. 1 to 256 characters.</summary>
    public required string By { get; init; }

    /// <summary>Why, likewise. 1 to 1024 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>At most so many, the oldest; null for all that match.</summary>
    public int? Max { get; init; }

    /// <summary>At most so many a second; null for as fast as it goes.</summary>
    public double? Rate { get; init; }

    /// <summary>True to tell only what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>To discard: how many the operator has been shown and wants gone. If more match, nothing is done.</summary>
    public int? Confirmed { get; init; }

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(By) || By.Length > 256)
            throw new BenchException("Say who you are, in 1 to 256 characters: it goes on record.");
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > 1024)
            throw new BenchException("Give a reason, in 1 to 1024 characters: it goes on record.");
        if (Max < 1)
            throw new BenchException($"The maximum is {Max}; it must be 1 or more.");
        if (Rate is { } rate && !(rate is > 0 and <= 100_000))
            throw new BenchException($"The rate is {rate}; it must be more than 0, and at most 100000 a second.");
    }
}

/// <summary>A new body for a dead letter.</summary>
/// <param name="SequenceNumber">The dead letter.</param>
/// <param name="Body">The body as text: a request.</param>
public sealed record DeadLetterEdit(long SequenceNumber, string Body);

/// <summary>How far it has come.</summary>
/// <param name="Planned">How many dead letters are meant.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Failed">How many could not be done.</param>
public sealed record BenchProgress(int Planned, int Done, int Failed);
