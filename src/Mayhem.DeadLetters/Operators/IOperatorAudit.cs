namespace Mayhem.DeadLetters.Operators;

/// <summary>The record of what operators do: who, what, when and why. Only ever appended to. What cannot be put on record is not done.</summary>
public interface IOperatorAudit
{
    /// <summary>Puts lines on record; durable when it returns.</summary>
    /// <exception cref="IOException">They are not on record, or not all of them.</exception>
    ValueTask RecordAsync(IReadOnlyList<OperatorRecord> records, CancellationToken cancellationToken);

    /// <summary>All lines, the oldest first.</summary>
    IAsyncEnumerable<OperatorRecord> ListAsync(CancellationToken cancellationToken);
}
